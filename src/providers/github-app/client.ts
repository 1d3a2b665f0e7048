import { createAppAuth } from '@octokit/auth-app';
import { request } from '@octokit/request';
import type { Permissions } from '../../core/app-tokens/permissions.ts';
import { Failure } from '../../core/failure.ts';
import type { Fetch } from '../../core/http/fetch.ts';
import { retrying } from '../../core/http/retry.ts';
import type { AppSignIn } from '../../core/manifest/manifest.ts';
import { maskForms } from '../../core/mask-forms.ts';
import { Secret } from '../../core/secret.ts';
import { apiHeaders } from './api.ts';
import { span, watchClock } from './clock.ts';
import type { Effects } from './effects.ts';
import { jwtSigner } from './jwt.ts';
import { obeyingLimits } from './rate-limit.ts';

export type ResolvedApp = AppSignIn<Secret, string>;

/** What is asked of one API in the name of one App. Answers are as the host gave them: check before use. */
export interface AppClient {
  /** Without a trailing slash. */
  readonly api: string;
  readonly app: ResolvedApp;
  /** The App itself: the cheapest proof that key and id belong together. */
  readonly self: () => Promise<unknown>;
  readonly installationOfOwner: (owner: string) => Promise<unknown>;
  readonly installationOfRepository: (owner: string, repo: string) => Promise<unknown>;
  readonly installationById: (id: number) => Promise<unknown>;
  readonly installations: (page: number) => Promise<{ readonly list: unknown; readonly lastPage: number }>;
  readonly mint: (id: number, asked: MintBody) => Promise<unknown>;
  /** Milliseconds that the host's clock is ahead; null when nothing told it. */
  readonly clockAhead: () => number | null;
  /** Every form of the App's secrets and of the JWTs sent so far, for what a host's text must not show. */
  readonly secretForms: () => readonly string[];
}

export interface MintBody {
  readonly permissions: Permissions;
  readonly repositories?: readonly string[];
}

type Route =
  | 'self'
  | 'installationOfOwner'
  | 'installationOfRepository'
  | 'installationById'
  | 'installations'
  | 'mint';

/**
 * auth-app asks for the JWTs, and for others by the host's clock when that is the trouble.
 * @throws of its functions: octokit's RequestError for an answer that is none of success, Failure for no answer.
 */
export function appClient(app: ResolvedApp, api: string, effects: Effects): AppClient {
  const sent = new Set<string>();
  const polite = obeyingLimits(retrying(staying(remembering(effects.fetch, sent)), effects), effects);
  const clock = watchClock(polite, effects.now);
  const plain = request.defaults({
    baseUrl: api,
    headers: apiHeaders,
    request: { fetch: clock.fetch, log: { warn: () => undefined } },
  });
  const { hook } = createAppAuth({
    appId: /^\d+$/.test(app.issuer) ? Number(app.issuer) : app.issuer,
    createJwt: jwtSigner(app.privateKey, effects.now),
    request: plain,
    log: { warn: () => effects.warn(corrected(api, clock.ahead() ?? 0)) },
  });
  return {
    ...routes(plain.defaults({ request: { hook } })),
    api,
    app,
    clockAhead: clock.ahead,
    secretForms: () =>
      [app.privateKey, ...[...sent].map((jwt) => new Secret(jwt))].flatMap((one) => maskForms(one)),
  };
}

function routes(ask: typeof request): Pick<AppClient, Route> {
  return {
    self: async () => (await ask('GET /app')).data,
    installationOfOwner: async (username) =>
      (await ask('GET /users/{username}/installation', { username })).data,
    installationOfRepository: async (owner, repo) =>
      (await ask('GET /repos/{owner}/{repo}/installation', { owner, repo })).data,
    installationById: async (id) =>
      (await ask('GET /app/installations/{installation_id}', { installation_id: id })).data,
    installations: async (page) => {
      const { data, headers } = await ask('GET /app/installations', { per_page: 100, page });
      return {
        list: data,
        lastPage: Number(/[?&]page=(\d+)[^>]*>; rel="last"/.exec(headers.link ?? '')?.[1] ?? 1),
      };
    },
    mint: async (id, { permissions, repositories }) => {
      const named = repositories === undefined ? {} : { repositories: [...repositories] };
      const route = 'POST /app/installations/{installation_id}/access_tokens';
      return (await ask(route, { installation_id: id, permissions, ...named })).data;
    },
  };
}

/** Notes what is sent to sign in, so that a host cannot get it printed by sending it back. */
function remembering(send: Fetch, sent: Set<string>): Fetch {
  return (url, init) => {
    const [, secret] = (init?.headers?.authorization ?? '').split(' ');
    if (secret !== undefined) sent.add(secret);
    return send(url, init);
  };
}

/** octokit takes a redirect for a success; ours never follows one (security rule 13). */
function staying(send: Fetch): Fetch {
  return async (url, init) => {
    const answer = await send(url, init);
    if (answer.status < 300 || answer.status > 399) return answer;
    const { host } = new URL(url);
    throw new Failure('mint-failed', `${host} sends requests elsewhere, and credentials do not follow.`, {
      hint: 'Write the new address into `url` (or `api-url`), and the new name of a renamed owner into the targets.',
    });
  };
}

function corrected(api: string, ahead: number): string {
  const way = ahead > 0 ? 'ahead of' : 'behind';
  const { host } = new URL(api);
  return `The clock of ${host} is ${span(ahead)} ${way} this machine's; signed in by theirs. Set this machine's clock (NTP).`;
}
