import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { LoggedRequest, Traffic } from '../../src/demo/traffic.ts';
import { type Folder, makeFolder } from '../app/keeping/folder.ts';
import { findSecrets } from '../harness/leaks.ts';
import type { Overhearing } from '../harness/overhearing.ts';
import {
  echo,
  environmentOf,
  type KeepingWorld,
  manifestOf,
  type Scene,
  secretsOf,
} from './keeping-scenes.ts';
import { runLine } from './run-line.ts';

/** Files that may hold secrets: readable by this user alone, or a manifest that was given one. */
function openFiles(folder: Folder): Record<string, string> {
  const names = readdirSync(folder.path, { recursive: true }).map(String);
  const files = names.filter(
    (name) => statSync(join(folder.path, name)).isFile() && name !== 'm.yml' && name !== 'Dockerfile',
  );
  const open = files.filter((name) => (statSync(join(folder.path, name)).mode & 0o077) !== 0);
  return Object.fromEntries(open.map((name) => [name, readFileSync(join(folder.path, name), 'utf8')]));
}

export interface Breaking {
  readonly traffic: Traffic;
  readonly fits: (request: LoggedRequest) => boolean;
  readonly status: number;
  /** Whether the host does what it is asked all the same. */
  readonly isDone: boolean;
}

/** The host fails once, and says back what it was sent. */
export function breakOnce({ traffic, fits, status, isDone }: Breaking): void {
  let seen: LoggedRequest | null = null;
  const answer = {
    status,
    get body() {
      const said = seen === null ? '' : echo(seen);
      return status === 200 ? said : { message: said };
    },
  };
  traffic.fail(
    (request) => {
      if (!fits(request)) return false;
      seen = request;
      return true;
    },
    isDone ? { instead: answer } : answer,
  );
}

export function spoil({ broken }: Scene, world: KeepingWorld): void {
  if (broken === undefined) return;
  let left = broken.skip ?? 0;
  const fits = ({ method, path }: LoggedRequest) =>
    broken.like.test(`${method} ${path.replace(/\?.*/, '')}`) && left-- <= 0;
  // What only reads is asked for again.
  const times = broken.status >= 500 ? 9 : 1;
  for (let count = 0; count < times; count += 1)
    breakOnce({ traffic: world[broken.at].traffic, fits, status: broken.status, isDone: false });
}

export interface Running {
  readonly flags: readonly string[];
  readonly folder: Folder;
  readonly world: KeepingWorld;
  readonly ears: Overhearing;
}

/** Runs a scene's words, and looks for secrets in all that it left or told. */
export async function runScene(scene: Scene, { flags, folder, world, ears }: Running) {
  const env = { ...environmentOf(world, folder), PATH: ears.path };
  const around = { cwd: folder.path, env, input: scene.input ?? '' };
  const { code, stdout, stderr } = await runLine([...scene.words, ...flags], around);
  for (const host of ['forge', 'gitlab'] as const) world[host].traffic.heal();
  const texts = { stdout, stderr, heard: ears.heard(), ...openFiles(folder) };
  expect(await findSecrets(texts, secretsOf(world))).toEqual([]);
  if (flags.includes('--json')) expect(JSON.parse(stdout)).toMatchObject({ version: 1 });
  return { code, stdout, stderr };
}

export function folderFor(scene: Scene, world: KeepingWorld): Folder {
  const folder = makeFolder();
  folder.write('m.yml', scene.manifest ?? manifestOf(world));
  folder.write('Dockerfile', 'FROM quay.io/acme/x\n# canary-in-the-manifest\n');
  return folder;
}
