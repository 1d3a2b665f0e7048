import { Failure } from '../../../core/failure.ts';
import type { Fetch } from '../../../core/http/fetch.ts';
import { retrying } from '../../../core/http/retry.ts';
import { serverOf } from '../../../core/location.ts';
import type { Credential } from '../../../core/manifest/manifest.ts';
import { Secret } from '../../../core/secret.ts';
import { type GitlabApi, gitlabApi } from '../../../providers/gitlab-token/api.ts';
import { waitingOf } from '../../effects.ts';
import type { KeepingContext } from '../context.ts';
import { storeToken } from '../open-store.ts';
import { writesItself } from './gitlab-failures.ts';
import { rotateGitlab } from './gitlab-rotation.ts';
import type { Ground } from './ground.ts';
import { openJournal } from './journal.ts';
import type { RotateRequest, Rotation } from './request.ts';
import type { Sinks } from './sinks.ts';
import type { Subject } from './subject.ts';

export interface AtGitlab {
  readonly request: RotateRequest;
  readonly ground: Ground;
  readonly sinks: Sinks;
  /** Tells this credential from others, in names of files. */
  readonly key: string;
  /** Whether the manifest may say where the manager's token goes. */
  readonly isTrusted: boolean;
}

/** Lets GitLab rotate the token of a credential, with everything that takes. */
export async function rotateAtGitlab(
  subject: Subject,
  { request, ground, sinks, key, isTrusted }: AtGitlab,
  context: KeepingContext,
): Promise<Rotation> {
  const { credential, current } = subject;
  const { name } = credential;
  const writer =
    request.store === null ? null : storeToken(request.store, ground.manifest.credentials, context);
  if (writer?.reveal() === current.reveal()) throw writesItself(name);
  const api = {
    api: gitlabApi(serverOf(credential.base, 'gitlab.com'), credential.apiUrl),
    token: current,
    fetch: patient(context),
    quote: context.quote,
  };
  const { within, days, withoutNet, recover, dryRun } = request;
  const { value, ...rotation } = await rotateGitlab(
    {
      name,
      api,
      manager: managerOf(api, { request, isTrusted }, context),
      places: placesOf(credential, request),
      sinks: sinks.all,
      journal: openJournal(key, context),
      within,
      days,
      withoutNet,
      recover,
      dryRun,
    },
    context,
  );
  return { ...rotation, left: value === null ? [] : sinks.byHand(value) };
}

/** What only reads is tried again when the host stumbles; what changes something is sent once. */
function patient(context: KeepingContext): Fetch {
  const { fetch } = context.http;
  const again = retrying(fetch, waitingOf(context));
  return (url, init) => (init?.method === 'GET' ? again(url, init) : fetch(url, init));
}

/**
 * The token that may manage the rotated one: the one named, else the one for a store on the same host. By the word of a
 * manifest in the workspace it is sent nowhere but to the store's own host.
 */
function managerOf(
  api: GitlabApi,
  { request: { recoveryToken, store }, isTrusted }: Pick<AtGitlab, 'request' | 'isTrusted'>,
  { env, know }: KeepingContext,
): GitlabApi | null {
  const isSameHost = store?.to.startsWith(`${new URL(api.api).origin}/`) === true;
  const usual = new URL(api.api).host === 'gitlab.com' ? 'GITLAB_TOKEN' : null;
  const name = recoveryToken ?? (isSameHost ? (store.tokenName ?? usual) : null);
  const text = name === null ? '' : (env[name] ?? '').trim();
  if (recoveryToken !== null && text === '') {
    throw new Failure('usage', 'The variable that --recovery-token names is not set, or empty.', {
      hint: 'Set it for this command only.',
    });
  }
  // The token itself would be as dead as what it is to bring back.
  if (text === '' || text === api.token.reveal() || !(isTrusted || isSameHost)) return null;
  const token = new Secret(text);
  know(token);
  return { ...api, token };
}

/** Projects and groups to which the token may belong. */
function placesOf({ base }: Credential, { store }: RotateRequest): readonly string[] {
  const own = base?.segments.join('/') ?? '';
  const stored =
    store !== null && URL.canParse(store.to)
      ? new URL(store.to).pathname.replace(/^\/|(?:\.git)?\/?$/g, '')
      : '';
  return [...new Set([own, stored])].filter((path) => path !== '');
}
