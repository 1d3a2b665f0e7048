import { join } from 'node:path';
import { Failure } from '../../core/failure.ts';
import { serverOf } from '../../core/location.ts';
import type { Credential } from '../../core/manifest/manifest.ts';
import { Secret } from '../../core/secret.ts';
import { type GitlabApi, gitlabApi } from '../../providers/gitlab-token/api.ts';
import { takeLock } from '../../system/lock-file.ts';
import { refuseSurroundings } from '../surroundings.ts';
import { type KeepingContext, stateFolder } from './context.ts';
import { rotateGitlab } from './rotate/gitlab-rotation.ts';
import { rotateGuided } from './rotate/guided.ts';
import { openJournal } from './rotate/journal.ts';
import type { RotateRequest, Rotation } from './rotate/request.ts';
import { type Sinks, sinksFor } from './rotate/sinks.ts';
import { type Ground, groundOf, type Subject, subjectOf } from './rotate/subject.ts';

export interface RotateResult {
  readonly rotations: readonly Rotation[];
  /** Those that failed; the others went on. */
  readonly failures: readonly { readonly name: string; readonly failure: Failure }[];
}

/**
 * Replaces the secrets of credentials: by the host where it can (GitLab), else guided by the person. One after the other,
 * each under a lock; one that fails does not keep the others.
 * @throws Failure when nothing could be begun.
 */
export async function rotate(request: RotateRequest, context: KeepingContext): Promise<RotateResult> {
  refuseSurroundings(context);
  const first = await groundOf(request, context);
  const names = request.names.length > 0 ? request.names : rotatable(first);
  const rotations: Rotation[] = [];
  const failures: { name: string; failure: Failure }[] = [];
  for (const name of names) {
    if (context.signal.aborted) break;
    try {
      rotations.push(await rotateOne(name, request, context));
    } catch (error) {
      if (!(error instanceof Failure) || error.code === 'interrupted') throw error;
      failures.push({ name, failure: error });
    }
  }
  return { rotations, failures };
}

/** Those whose host rotates them. */
function rotatable({ manifest }: Ground): readonly string[] {
  return manifest.credentials.filter((one) => one.active && isGitlabToken(one)).map(({ name }) => name);
}

function isGitlabToken({ provider, signIn }: Credential): boolean {
  return provider === 'gitlab' && signIn.kind === 'token';
}

async function rotateOne(name: string, request: RotateRequest, context: KeepingContext): Promise<Rotation> {
  // Each on the manifest as the one before left it.
  const ground = await groundOf(request, context);
  const subject = subjectOf(name, ground, context);
  const { credential } = subject;
  const host = credential.base?.host ?? credential.provider;
  const key = `${host}-${name}`.replace(/[^A-Za-z0-9.-]/g, '_');
  const lock = takeLock(
    join(stateFolder(context.env), `rotate-${key}.lock`),
    context.self.pid,
    `${name} is being rotated`,
  );
  try {
    return await rotateHeld({ subject, ground, request, key }, context);
  } finally {
    lock.release();
  }
}

interface Held {
  readonly subject: Subject;
  readonly ground: Ground;
  readonly request: RotateRequest;
  /** Tells this credential from others, in names of files. */
  readonly key: string;
}

async function rotateHeld(
  { subject, ground, request, key }: Held,
  context: KeepingContext,
): Promise<Rotation> {
  const { credential } = subject;
  // Whoever is told to stop stops between two rotations: one that has begun is brought to its end.
  const steady = { ...context, signal: new AbortController().signal };
  const sinks = await sinksFor(subject, { ground, request }, steady);
  if (!request.guided && isGitlabToken(credential))
    return rotateAtHost(
      subject,
      { request, sinks, key, isTrusted: ground.source.trust === 'trusted' },
      steady,
    );
  if (request.from === null && context.ask === null) throw needsPerson(credential.name);
  return rotateGuided({ subject, ground, sinks, request }, context);
}

interface AtHost {
  readonly request: RotateRequest;
  readonly sinks: Sinks;
  readonly key: string;
  /** Whether the manifest may say where the manager's token goes. */
  readonly isTrusted: boolean;
}

async function rotateAtHost(
  subject: Subject,
  { request, sinks, key, isTrusted }: AtHost,
  context: KeepingContext,
): Promise<Rotation> {
  const { credential, current } = subject;
  const api = {
    api: gitlabApi(serverOf(credential.base, 'gitlab.com'), credential.apiUrl),
    token: current,
    fetch: context.http.fetch,
    quote: context.quote,
  };
  const { within, days, withoutNet, recover, dryRun } = request;
  const { value, ...rotation } = await rotateGitlab(
    {
      name: credential.name,
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

/**
 * The token that may manage the rotated one: the one named, else the one for a store on the same host. By the word of a
 * manifest in the workspace it is sent nowhere but to the store's own host.
 */
function managerOf(
  api: GitlabApi,
  { request: { recoveryToken, store }, isTrusted }: Pick<AtHost, 'request' | 'isTrusted'>,
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

function needsPerson(name: string): Failure {
  return new Failure('usage', `The host of ${name} cannot rotate it, and nobody is here to be asked.`, {
    hint: 'Run it on a terminal, or say where the new secret is with --secret-from.',
  });
}
