import { Failure } from '../../core/failure.ts';
import type { Fetch } from '../../core/http/fetch.ts';

/** One host's API with its sign-in. */
export interface Api {
  /** Without a trailing slash. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly fetch: Fetch;
}

/**
 * Asks and gives the answer's JSON.
 * @throws Failure `unreachable` with the status for anything but success.
 */
export async function askApi(api: Api, line: string, body?: object): Promise<unknown> {
  const [method = 'GET', path = ''] = line.split(' ');
  const answer = await api.fetch(api.url + path, {
    method,
    headers: {
      accept: 'application/json',
      ...(body && { 'content-type': 'application/json' }),
      ...api.headers,
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  if (answer.ok) return answer.json();
  throw new Failure(
    'unreachable',
    `${new URL(api.url).host} answered ${answer.status} when asked for issues.`,
    {
      hint: 'Check that the repository has issues, and that the token may read and write them.',
    },
  );
}
