import { lstatSync, mkdirSync, readdirSync, realpathSync, statSync, symlinkSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type JsonObject, parseObject } from '../core/json.ts';
import type { DockerSeed } from '../core/session/docker-config.ts';
import { ensureFolder } from './ensure-folder.ts';
import type { UserId } from './find-sessions.ts';
import { ask, type Question } from './program.ts';
import { readTextFile } from './text-file.ts';

/** What docker, podman and their kin have on this machine before a setup. */
export interface DockerFacts {
  /** docker's folder, which may not exist; null when there is no HOME. */
  readonly folder: string | null;
  readonly seed: DockerSeed;
  /** The files that podman, buildah, skopeo and Apptainer read, the first wins. */
  readonly containers: readonly JsonObject[];
}

export interface DockerPlace extends Pick<Question, 'cwd' | 'env' | 'workspace'> {
  readonly user: UserId;
}

/** Reads the configuration of container tools; what cannot be read counts as absent, as it does for them. */
export async function readDockerFacts(place: DockerPlace): Promise<DockerFacts> {
  const { env } = place;
  const folder = env.DOCKER_CONFIG || below(env.HOME, '.docker');
  const docker = below(folder, 'config.json');
  const files = env.REGISTRY_AUTH_FILE ? [env.REGISTRY_AUTH_FILE] : [...authFiles(place), docker];
  const apptainer = env.APPTAINER_AUTH_FILE || below(env.HOME, '.apptainer', 'docker-config.json');
  const config = readObject(docker);
  return {
    folder,
    seed: { config, stored: await listStored(config, place) },
    containers: [...files, apptainer].map(readObject).filter((one) => one !== null),
  };
}

/**
 * Makes everything beside docker's `config.json` reachable in another folder: contexts, builders, plugins, keys. What is
 * there already stays; where that is a folder of buildx, both are there.
 */
export function linkDockerFolder(from: string, to: string): void {
  ensureFolder(to, 0o700);
  for (const name of namesIn(from).filter((one) => !one.startsWith('config.json'))) {
    link(join(from, name), join(to, name), { isMirrored: false, depth: 0 });
  }
}

/** The same for buildx's folder, when it is not docker's. */
export function linkBuildxFolder(from: string, to: string): void {
  for (const name of namesIn(from)) link(join(from, name), join(to, name), { isMirrored: false, depth: 0 });
}

interface Linking {
  /** buildx does not follow links to folders below `config`: they are made anew. */
  readonly isMirrored: boolean;
  readonly depth: number;
}

/** Links a file or a folder; into a folder that is there, and is none of somebody else's, links what is in it. */
function link(from: string, to: string, { isMirrored, depth }: Linking): void {
  try {
    const target = realpathSync(from);
    const isFolder = statSync(target).isDirectory();
    const isOurs = lstatSync(to, { throwIfNoEntry: false })?.isDirectory() ?? false;
    if (!isFolder || !(isMirrored || isOurs)) {
      symlinkSync(target, to, isFolder ? 'junction' : 'file');
    } else if (depth < deepest) {
      if (!isOurs) mkdirSync(to, { mode: 0o700 });
      const below = { isMirrored: isMirrored || basename(to) === 'config', depth: depth + 1 };
      for (const name of namesIn(target)) link(join(target, name), join(to, name), below);
    }
  } catch {
    // A dead link, a name that we have written, or a system without links: docker does without it.
  }
}

/** Folders below docker's own, so that links in a circle end. */
const deepest = 12;

/** See containers-auth.json(5); `REGISTRY_AUTH_FILE` replaces all of them. */
function authFiles({ env, user }: DockerPlace): readonly (string | null)[] {
  const runtime =
    below(env.XDG_RUNTIME_DIR, 'containers') ?? (user === null ? null : `/run/containers/${user}`);
  const settings = env.XDG_CONFIG_HOME || below(env.HOME, '.config');
  return [below(runtime, 'auth.json'), below(settings, 'containers', 'auth.json')];
}

/**
 * For which keys a `credsStore` has logins, by the protocol of docker's credential helpers; null when it does not say:
 * https://github.com/docker/docker-credential-helpers
 */
async function listStored(
  config: JsonObject | null,
  { cwd, env, workspace }: DockerPlace,
): Promise<readonly string[] | null> {
  const store = config?.credsStore;
  if (typeof store !== 'string' || !/^[\w.-]+$/.test(store)) return null;
  const answer = await ask({ program: `docker-credential-${store}`, words: ['list'], cwd, env, workspace });
  const logins = answer?.code === 0 ? parseObject(answer.stdout) : null;
  return logins === null ? null : Object.keys(logins);
}

function readObject(path: string | null): JsonObject | null {
  return path === null ? null : parseObject(readTextFile(path) ?? '');
}

function below(folder: string | undefined | null, ...names: readonly string[]): string | null {
  return folder ? join(folder, ...names) : null;
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
