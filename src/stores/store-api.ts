import { Failure } from '../core/failure.ts';
import type { Fetch, FetchResponse } from '../core/http/fetch.ts';
import { retrying, type Waiting } from '../core/http/retry.ts';
import { objectOf, parseObject } from '../core/json.ts';
import type { Secret } from '../core/secret.ts';

/** How one host's API is asked. */
export interface ApiAccess {
  readonly fetch: Fetch;
  /** Between the tries of a request that only reads. */
  readonly waiting: Waiting;
  /** Base URL without a trailing slash. */
  readonly api: string;
  /** Where the token came from, for messages: the name of a variable. */
  readonly tokenName: string;
  /** The host's words, fit to print: without any secret that is known. */
  readonly quote: (text: string) => string;
  /** The header that signs in; its value is secret. */
  readonly signIn: { readonly header: string; readonly value: Secret };
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Call {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** With a leading slash, encoded. */
  readonly path: string;
  readonly body?: Readonly<Record<string, unknown>>;
}

export interface Reply {
  readonly status: number;
  /** Null for an empty body. */
  readonly body: unknown;
}

/** Sends one request. Answers of success and 404 are given, every other is a Failure that says what to do. */
export async function call(access: ApiAccess, { method, path, body }: Call): Promise<Reply> {
  const { header, value } = access.signIn;
  // What writes is sent once: whether a lost one arrived is for the caller to find out.
  const send = method === 'GET' ? retrying(access.fetch, access.waiting) : access.fetch;
  const answer = await send(`${access.api}${path}`, {
    method,
    headers: {
      ...access.headers,
      [header]: value.reveal(),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (answer.status === 404) return { status: 404, body: null };
  if (!answer.ok) throw await refusal(answer, access);
  const text = await answer.text();
  return { status: answer.status, body: text === '' ? null : await answer.json() };
}

async function refusal(answer: FetchResponse, access: ApiAccess): Promise<Failure> {
  const { host } = new URL(access.api);
  const { status } = answer;
  const said = access.quote(await theirWords(answer));
  const code = status >= 500 || status === 429 ? 'unreachable' : 'refused';
  return new Failure(code, `${host} answered ${status}${said === '' ? '' : ` (${said})`}.`, {
    hint: hints(access.tokenName)[status] ?? otherwise(status),
  });
}

/** The host's own word for what is wrong, raw. */
async function theirWords(answer: FetchResponse): Promise<string> {
  const text = await answer.text().catch(() => '');
  const { message, error } = parseObject(text) ?? {};
  const inner = typeof error === 'object' && error !== null && 'message' in error ? error.message : error;
  const words = [message, inner].find((each) => each !== undefined) ?? '';
  return typeof words === 'string' ? words : JSON.stringify(words);
}

function hints(token: string): Readonly<Record<number, string>> {
  return {
    301: 'The repository moved: give its new address.',
    302: 'The address leads elsewhere, maybe to a sign-in page: check it.',
    307: 'The repository moved: give its new address.',
    401: `Check the token in ${token}: it is unknown, expired, or for another host.`,
    403: `The token in ${token} may not do this: it needs the right to write secrets or variables.`,
    409: 'Something else is writing at the same time: run it again.',
    429: 'The host asks to slow down: run it again in some minutes.',
  };
}

function otherwise(status: number): string {
  return status >= 500
    ? 'Run it again; nothing was replaced unless it says so.'
    : 'Check name, size and form of the value.';
}

/** A property of an answer that may be anything. */
export function field(value: unknown, key: string): unknown {
  return objectOf(value)[key];
}
