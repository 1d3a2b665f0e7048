import { dead, type HostAnswer, unknown, unreached } from '../../core/check/answer.ts';
import { clause } from '../../core/check/clause.ts';
import { Failure } from '../../core/failure.ts';
import type { FetchInit, FetchResponse } from '../../core/http/fetch.ts';
import { isLimit } from '../../core/http/rate-limit.ts';
import { parseObject } from '../../core/json.ts';
import type { Question } from './provider-check.ts';

/** An answer of a host's API, whatever its status. */
export interface Reply {
  readonly status: number;
  readonly header: (name: string) => string | null;
  /** Raw. */
  readonly text: string;
  /** The body as an object; empty when it is none. */
  readonly json: Readonly<Record<string, unknown>>;
}

/** A host's API, asked with one credential. */
export interface Api {
  /** Without a trailing slash. */
  readonly api: string;
  readonly headers: Record<string, string>;
}

/** Asks once. What any host may answer (nothing, a limit, a login page, its own failure) is answered here. */
export async function askHost(
  { fetch, quote }: Pick<Question, 'fetch' | 'quote'>,
  url: string,
  init: FetchInit,
): Promise<Reply | HostAnswer> {
  const { host } = new URL(url);
  let answer: FetchResponse;
  try {
    answer = await fetch(url, init);
  } catch (error) {
    if (!(error instanceof Failure) || error.code === 'interrupted') throw error;
    return unreached(clause(error.message), error.hint);
  }
  const text = await answer.text();
  const reply = {
    status: answer.status,
    header: (name: string) => answer.headers.get(name),
    text,
    json: parseObject(text) ?? {},
  };
  return noAnswer(reply, host, answer, quote) ?? reply;
}

/** Tells what a host really said from what says nothing about the credential, or all by being a login page. */
export function isReply(result: Reply | HostAnswer): result is Reply {
  return 'status' in result;
}

function noAnswer(
  { status, header, text }: Reply,
  host: string,
  answer: FetchResponse,
  quote: Question['quote'],
): HostAnswer | null {
  if (isLimit(answer)) return limited(host, header('retry-after'));
  if (status >= 500) return unreached(`${host} answered ${status}`, 'Try again later.');
  if (isLoginPage({ status, header, text })) return dead(...loginPage(host));
  if (status >= 300 && status < 400) {
    const elsewhere = quote(header('location') ?? 'nowhere');
    return unknown(
      `${host} sends requests elsewhere, to ${elsewhere}`,
      'Write the new address into `url` or `api-url`.',
    );
  }
  return null;
}

/** Hosts behind a sign-in answer with its page, and not with an error. */
export function isLoginPage({ status, header, text }: Pick<Reply, 'status' | 'header' | 'text'>): boolean {
  if (status === 203) return true;
  if (status >= 300 && status < 400) {
    return /login|sign_?-?in|saml|sso|oauth|authorize/i.test(header('location') ?? '');
  }
  const html =
    (header('content-type') ?? '').includes('text/html') || /^\s*<!doctype html|^\s*<html/i.test(text);
  return status < 300 && html;
}

export function loginPage(host: string): [why: string, hint: string] {
  return [
    `${host} shows a login page instead of an answer`,
    'The credential has expired or is revoked, or a proxy stands in between.',
  ];
}

function limited(host: string, after: string | null): HostAnswer {
  const until = after !== null && /^\d+$/.test(after) ? ` for ${after} seconds` : '';
  return unknown(`${host} limits how often it may be asked${until}`, 'Run the check again later.');
}

/** A text of a host's JSON; empty when it is none. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** The texts of a list in a host's JSON. */
export function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}
