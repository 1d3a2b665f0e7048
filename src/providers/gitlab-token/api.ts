import { Failure } from '../../core/failure.ts';
import type { Fetch, FetchResponse } from '../../core/http/fetch.ts';
import { objectOf } from '../../core/json.ts';
import { type Location, locationUrl } from '../../core/location.ts';
import type { Secret } from '../../core/secret.ts';

/** GitLab's API, asked with one token. */
export interface GitlabApi {
  /** Without a trailing slash. */
  readonly api: string;
  readonly token: Secret;
  readonly fetch: Fetch;
  /** The host's words, fit to print. */
  readonly quote: (text: string) => string;
}

/** What GitLab tells of a token. https://docs.gitlab.com/api/personal_access_tokens/ */
export interface GitlabToken {
  readonly id: number;
  readonly name: string;
  readonly userId: number;
  readonly scopes: readonly string[];
  readonly active: boolean;
  /** `2027-01-31`; ends as that day begins. Null: never. */
  readonly expires: string | null;
  /** `2026-01-31`; null when it is not told. */
  readonly created: string | null;
}

/** Base URL of the API of a GitLab, unless the manifest says it. */
export function gitlabApi({ scheme, host }: Location, apiUrl: string | null): string {
  return apiUrl ?? `${locationUrl({ scheme, host, segments: [] })}/api/v4`;
}

/** Sends one request. Throws what the fetch throws: `unreachable` when no whole answer came. */
export function ask(
  { api, token, fetch }: Pick<GitlabApi, 'api' | 'token' | 'fetch'>,
  method: 'GET' | 'POST' | 'DELETE',
  path: string,
  body?: Readonly<Record<string, string>>,
): Promise<FetchResponse> {
  return fetch(`${api}${path}`, {
    method,
    headers: {
      'private-token': token.reveal(),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

/** @throws Failure `unreachable` when it is no token of GitLab's: a login page, a proxy's word. */
export function readToken(answer: unknown, api: string): GitlabToken {
  const { id, name, user_id, scopes, active, revoked, expires_at, created_at } = objectOf(answer);
  if (!Number.isSafeInteger(id) || !Number.isSafeInteger(user_id)) throw notGitlab(api);
  return {
    id: id as number,
    name: typeof name === 'string' ? name : '',
    userId: user_id as number,
    scopes: Array.isArray(scopes) ? scopes.filter((one): one is string => typeof one === 'string') : [],
    active: active === true && revoked !== true,
    expires: dateOf(expires_at),
    created: dateOf(created_at),
  };
}

function dateOf(value: unknown): string | null {
  const [day = ''] = (typeof value === 'string' && /^\d{4}-\d\d-\d\d/.exec(value)) || [];
  return Number.isNaN(Date.parse(day)) ? null : day;
}

export function notGitlab(api: string): Failure {
  return new Failure('unreachable', `${new URL(api).host} does not answer as GitLab's API does.`, {
    hint: 'Check `url` and `api-url` of the credential; a proxy or a login page may stand in between.',
  });
}

/** What GitLab says against it, fit to print. */
export async function refusal(
  answer: FetchResponse,
  { api, quote }: GitlabApi,
  what: string,
): Promise<Failure> {
  const { message, error_description, error } = objectOf(await answer.json().catch(() => null));
  const said = [error_description, message, error].find((one) => typeof one === 'string') ?? '';
  const quoted = quote(String(said));
  const code = answer.status >= 500 || answer.status === 429 ? 'unreachable' : 'refused';
  return new Failure(
    code,
    `${new URL(api).host} does not ${what}: ${answer.status}${quoted === '' ? '' : ` (${quoted})`}.`,
    {
      hint:
        answer.status === 403
          ? 'The token needs the scope `api`, or `self_rotate` to rotate itself; an administrator may forbid it.'
          : 'Look at the token in the browser, and run it again.',
    },
  );
}
