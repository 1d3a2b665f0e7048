import { type Advertisement, parseAdvertisement } from '../../core/check/advertisement.ts';
import { clause } from '../../core/check/clause.ts';
import { commandRequest } from '../../core/check/pkt-line.ts';
import { Failure } from '../../core/failure.ts';
import type { Fetch, FetchInit, FetchResponse } from '../../core/http/fetch.ts';
import { isLimit } from '../../core/http/rate-limit.ts';
import type { Secret } from '../../core/secret.ts';
import { isLoginPage, type Reply } from './reply.ts';

/** A repository as git asks for it. */
export interface Remote {
  /** Without a trailing slash: `https://github.com/acme/rnaseq.git`. */
  readonly url: string;
  readonly authorization: Secret | null;
  readonly fetch: Fetch;
}

export type Service = 'git-upload-pack' | 'git-receive-pack';

/** What a server answered: git, or why not. `moved` is the address that it sent us on to, on the same host. */
export type GitAnswer =
  | {
      readonly kind: 'git';
      readonly advertisement: Advertisement;
      readonly remote: Remote;
      readonly moved: boolean;
    }
  | { readonly kind: 'refused'; readonly reply: Reply }
  | { readonly kind: 'login-page' }
  | { readonly kind: 'elsewhere'; readonly location: string }
  | { readonly kind: 'limited' }
  | { readonly kind: 'unreachable'; readonly why: string; readonly hint: string };

/** Some hosts and their firewalls answer git's own name only. */
const headers = { 'user-agent': 'git/2.45 (pipeline-credentials)', 'git-protocol': 'version=2' };

/**
 * The first request of a clone (or, by `git-receive-pack`, of a push, which pushes nothing). Redirects are followed on
 * the same host only (security rule 13). By GET, since GitLab refuses HEAD. https://git-scm.com/docs/gitprotocol-http
 */
export async function openRemote(remote: Remote, service: Service, redirects = 0): Promise<GitAnswer> {
  const path = `/info/refs?service=${service}`;
  const answer = await request(remote, path, {});
  if ('kind' in answer) return answer;
  const reply = await readReply(answer);
  const next = answer.status >= 300 && answer.status < 400 ? nextAddress(remote, reply, service) : null;
  if (next !== null && redirects < 3) return openRemote({ ...remote, url: next }, service, redirects + 1);
  if (isLimit(answer)) return { kind: 'limited' };
  if (isLoginPage(reply)) return { kind: 'login-page' };
  if (answer.status >= 300 && answer.status < 400)
    return { kind: 'elsewhere', location: reply.header('location') ?? '' };
  if (answer.status !== 200) return { kind: 'refused', reply };
  const advertisement = parseAdvertisement(reply.text);
  if (advertisement === null) return { kind: 'refused', reply };
  return { kind: 'git', advertisement, remote, moved: redirects > 0 };
}

/** One command of protocol version 2, for its answer as `latin1` text; null where it was refused. */
export async function command(
  remote: Remote,
  lines: readonly string[],
  body: readonly string[],
): Promise<string | null> {
  const type = 'application/x-git-upload-pack';
  const answer = await request(remote, '/git-upload-pack', {
    method: 'POST',
    headers: { 'content-type': `${type}-request`, accept: `${type}-result` },
    body: commandRequest(lines, body),
  });
  return 'kind' in answer || answer.status !== 200 ? null : (await readReply(answer)).text;
}

async function request(
  { url, authorization, fetch }: Remote,
  path: string,
  init: FetchInit,
): Promise<FetchResponse | Extract<GitAnswer, { kind: 'unreachable' }>> {
  const signedIn = authorization === null ? {} : { authorization: authorization.reveal() };
  try {
    return await fetch(url + path, { ...init, headers: { ...headers, ...init.headers, ...signedIn } });
  } catch (error) {
    if (!(error instanceof Failure) || error.code === 'interrupted') throw error;
    return { kind: 'unreachable', why: clause(error.message), hint: error.hint };
  }
}

async function readReply(answer: FetchResponse): Promise<Reply> {
  const text = Buffer.from(await answer.arrayBuffer()).toString('latin1');
  return { status: answer.status, header: (name) => answer.headers.get(name), text, json: {} };
}

/** The repository's new address, when a redirect leads to the same question on the same host; null for any other. */
function nextAddress({ url }: Remote, { header }: Reply, service: Service): string | null {
  const location = header('location') ?? '';
  const ending = `/info/refs?service=${service}`;
  if (location === '' || !URL.canParse(location, `${url}${ending}`)) return null;
  const next = new URL(location, `${url}${ending}`);
  const same = next.origin === new URL(url).origin && next.username === '' && next.password === '';
  return same && next.href.endsWith(ending) ? next.href.slice(0, -ending.length) : null;
}
