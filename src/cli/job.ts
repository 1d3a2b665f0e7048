import { resolve } from 'node:path';
import type { JobContext } from '../app/job-context.ts';
import { loadManifest, type ManifestRequest } from '../app/manifest.ts';
import type { SetupRequest } from '../app/setup/request.ts';
import type { JobToken } from '../ci/job.ts';
import { Failure } from '../core/failure.ts';
import type { Manifest } from '../core/manifest/manifest.ts';
import { createHttp } from '../system/http.ts';
import type { Arguments } from './arguments.ts';
import type { Shell } from './verb.ts';

/** The manifest that the flags name; null where a missing one is no failure. */
export async function manifestOf(
  args: Arguments,
  shell: Shell,
  without = 'Nothing is signed in',
): Promise<Manifest | null> {
  try {
    return await readManifest(args, shell);
  } catch (error) {
    const isOptional =
      error instanceof Failure && error.code === 'manifest-missing' && !args.truth('required', true);
    if (!isOptional) throw error;
    shell.ci.voice.notice(`${error.message} ${without}, since --required is false.`);
    return null;
  }
}

/** The manifest that the flags name. Throws as `loadManifest` does. */
export function readManifest(args: Arguments, shell: Shell): Promise<Manifest> {
  return loadManifest(manifestRequest(args), { ...shell, job: shell.ci.job });
}

export function manifestRequest(args: Arguments): ManifestRequest {
  return {
    text: null,
    files: [...(args.lines('manifest') ?? []), ...(args.lines('manifest-file') ?? [])],
    allowEnv: (args.lines('allow-env') ?? []).join('\n'),
  };
}

/** What the flags ask of setup. */
export function setupRequest(args: Arguments, manifest: Manifest, shell: Shell): SetupRequest {
  const within = shell.ci.job.ci === 'none' ? 'shell' : 'job';
  return {
    manifest,
    repositories: args.lines('repositories'),
    registries: args.lines('registries'),
    credentials: args.lines('credentials'),
    environment: args.one('environment'),
    git: args.choice('git', ['private', 'home', 'none']),
    docker: args.choice('docker', ['private', 'home', 'none']),
    revoke: args.truth('revoke', true),
    tokenFor: null,
    jobToken: args.on('no-job-token') ? null : ownToken(shell),
    session: folderOf(args.one('session'), shell),
    within,
    remember: () => {},
  };
}

/** Relative folders start where the person stands. */
function folderOf(path: string | null, { cwd }: Shell): string | null {
  return path === null ? null : resolve(cwd, path);
}

/** The job's own credential, where the CI gives it to the shell. */
function ownToken({ ci }: Shell): JobToken | null {
  return ci.job.token;
}

/** Runs a use case with connections of its own. */
export async function withContext<T>(shell: Shell, use: (context: JobContext) => Promise<T>): Promise<T> {
  const http = createHttp({ env: shell.env, tell: shell.ci.voice.info });
  try {
    const { ci, interrupts } = shell;
    return await use({ ...shell, job: ci.job, voice: ci.voice, signal: interrupts.signal, http });
  } finally {
    http.close();
  }
}
