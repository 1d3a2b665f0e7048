import { join } from 'node:path';
import { Failure, unexpected } from '../../core/failure.ts';
import type { Credential } from '../../core/manifest/manifest.ts';
import { takeLock } from '../../system/lock-file.ts';
import { refuseSurroundings } from '../surroundings.ts';
import { type KeepingContext, stateFolder } from './context.ts';
import { rotateAtGitlab } from './rotate/at-gitlab.ts';
import { editsFile, type Ground, groundOf } from './rotate/ground.ts';
import { rotateGuided } from './rotate/guided.ts';
import type { RotateRequest, Rotation } from './rotate/request.ts';
import { sinksFor } from './rotate/sinks.ts';
import { credentialOf, type Subject, subjectOf } from './rotate/subject.ts';

export interface RotateResult {
  readonly rotations: readonly Rotation[];
  /** Those that failed; the others went on. */
  readonly failures: readonly { readonly name: string; readonly failure: Failure }[];
}

/**
 * Replaces the secrets of credentials: by the host where it can (GitLab), else guided by the person. One after the other,
 * each under a lock; one that fails does not keep the others.
 * @throws Failure when nothing could be begun; a name that is none begins nothing.
 */
export async function rotate(request: RotateRequest, context: KeepingContext): Promise<RotateResult> {
  refuseSurroundings(context);
  let ground = await groundOf(request, context);
  const names = request.names.length > 0 ? request.names : rotatable(ground);
  for (const name of names) credentialOf(name, ground);
  if (request.recover !== null && names.length !== 1) throw oneNumber();
  const failures: { name: string; failure: Failure }[] = [];
  const done = new Map<string, Rotation>();
  const rotations: Rotation[] = [];
  for (const name of names) {
    if (context.signal.aborted) break;
    try {
      // Each on the manifest as the one before left it.
      if (editsFile(ground, context)) ground = await groundOf(request, context);
      const rotation = done.get(name) ?? (await rotateNamed(name, { ground, request, done }, context));
      rotations.push({ ...rotation, name });
    } catch (error) {
      const failure = error instanceof Failure ? error : unexpected(error);
      if (failure.code === 'interrupted') throw failure;
      failures.push({ name, failure });
    }
  }
  return { rotations, failures };
}

interface Naming {
  readonly ground: Ground;
  readonly request: RotateRequest;
  /** By name, what became of those before. */
  readonly done: Map<string, Rotation>;
}

async function rotateNamed(
  name: string,
  { ground, request, done }: Naming,
  context: KeepingContext,
): Promise<Rotation> {
  const subject = subjectOf(name, ground, context);
  const rotation = await rotateOne({ subject, ground, request }, context);
  // Others that have the same secret got the new one with it.
  for (const sharer of subject.sharers) done.set(sharer.name, rotation);
  return rotation;
}

/** Those whose host rotates them. */
function rotatable({ manifest }: Ground): readonly string[] {
  return manifest.credentials.filter((one) => one.active && isGitlabToken(one)).map(({ name }) => name);
}

function isGitlabToken({ provider, signIn }: Credential): boolean {
  return provider === 'gitlab' && signIn.kind === 'token';
}

interface Rotating {
  readonly subject: Subject;
  readonly ground: Ground;
  readonly request: RotateRequest;
}

async function rotateOne(rotating: Rotating, context: KeepingContext): Promise<Rotation> {
  const { credential } = rotating.subject;
  const key = keyOf(credential);
  const path = join(stateFolder(context.env), `rotate-${key}.lock`);
  const lock = takeLock(path, context.self.pid, `${credential.name} is being rotated`);
  try {
    return await rotateHeld({ ...rotating, key }, context);
  } finally {
    lock.release();
  }
}

/** Tells a credential from others in names of files, of other manifests too: by what it is for and its name. */
function keyOf({ base, provider, name }: Credential): string {
  const place = [base?.host ?? provider, ...(base?.segments ?? [])].join('-');
  return `${place.slice(0, 100)}-${name}`.replace(/[^A-Za-z0-9.-]/g, '_');
}

async function rotateHeld(
  { subject, ground, request, key }: Rotating & { readonly key: string },
  context: KeepingContext,
): Promise<Rotation> {
  const { credential } = subject;
  // Whoever is told to stop stops between two rotations: one that has begun is brought to its end.
  const steady = { ...context, signal: new AbortController().signal };
  const sinks = await sinksFor(subject, { ground, request }, steady);
  if (!request.guided && isGitlabToken(credential)) {
    const isTrusted = ground.source.trust === 'trusted';
    return rotateAtGitlab(subject, { request, sinks, key, isTrusted, ground }, steady);
  }
  if (request.from === null && context.ask === null) throw needsPerson(credential.name);
  return rotateGuided({ subject, ground, sinks, request, key }, context);
}

function oneNumber(): Failure {
  return new Failure('usage', '--recover is the number of one token, and not of several.', {
    hint: 'Name the credential that it is of.',
  });
}

function needsPerson(name: string): Failure {
  return new Failure('usage', `The host of ${name} cannot rotate it, and nobody is here to be asked.`, {
    hint: 'Run it on a terminal, or say where the new secret is with --secret-from.',
  });
}
