import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { FakeGitlab } from '../../fakes/gitlab.ts';
import { type Folder, makeFolder } from './folder.ts';
import { first, labManifest, manager, rotationScene, working } from './rotate-scene.ts';

const now = () => new Date('2026-11-20T10:00:00Z');

/** One rotation in a process of its own; the secrets of this test are no secrets, so they may stand in its arguments. */
function start(gitlab: FakeGitlab, folder: Folder) {
  const lab = gitlab.variable('acme/pipeline', 'LAB')?.value ?? '';
  const script = join(import.meta.dirname, 'rotate-child.ts');
  return spawn(process.execPath, ['--no-warnings', script, folder.path, gitlab.url, lab, manager], {
    stdio: 'ignore',
  });
}

function rescueOf(folder: Folder, gitlab: FakeGitlab): string {
  const path = folder.file(
    `.local/state/pipeline-credentials/rotate-${gitlab.host.replace(':', '_')}-lab.json`,
  );
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
}

/**
 * The process is killed outright as a request arrives, or as its answer is on the way: which token works then, and who
 * knows it. Only in the moment between the host's rotating and our reading of it nobody has the new token at hand; the
 * manager's token brings it back in the next run, which is why a rotation without one is refused.
 */
test.each([
  ['before the old value is written', 'PUT', 0, 'before', 'old: CI'],
  ['after the old value is written', 'PUT', 0, 'after', 'old: CI'],
  ['before the rotation', 'self/rotate', 0, 'before', 'old: CI'],
  ['after the rotation', 'self/rotate', 0, 'after', 'new: the manager'],
  [
    'before the new value is looked for',
    'GET /api/v4/projects/acme%2Fpipeline/variables',
    2,
    'before',
    'new: rescue',
  ],
  ['before the new value is written', 'PUT', 1, 'before', 'new: rescue'],
  ['after the new value is written', 'PUT', 1, 'after', 'new: CI, rescue'],
  [
    'before the new value is tried',
    'GET /api/v4/personal_access_tokens/self',
    1,
    'before',
    'new: CI, rescue',
  ],
  ['after the new value was tried', 'GET /api/v4/personal_access_tokens/self', 1, 'after', 'new: CI, rescue'],
])('killed %s', async (_, match, skip, moment, expected) => {
  await using gitlab = await rotationScene(now);
  using folder = makeFolder();
  folder.write('m.yml', labManifest(gitlab, '{ env: LAB }'));
  let count = 0;
  const child = start(gitlab, folder);
  gitlab.traffic.fail(
    ({ method, path }) => {
      if (!`${method} ${path}`.includes(match) || count++ !== skip) return false;
      child.kill('SIGKILL');
      return true;
    },
    moment === 'before' ? 'hang' : 'lose',
  );
  expect((await once(child, 'exit'))[1]).toBe('SIGKILL');
  const token = working(gitlab);
  const known = [
    ...(gitlab.variable('acme/pipeline', 'LAB')?.value === token ? ['CI'] : []),
    ...(token !== null && rescueOf(folder, gitlab).includes(token) ? ['rescue'] : []),
  ];
  expect(`${token === first ? 'old' : 'new'}: ${known.join(', ') || 'the manager'}`).toBe(expected);
  expect(token).not.toBeNull();
  // The next run, on the same machine with what CI has, puts everything right: the dead process holds no lock.
  expect((await once(start(gitlab, folder), 'exit'))[0]).toBe(0);
  expect(gitlab.variable('acme/pipeline', 'LAB')?.value).toBe(working(gitlab));
  expect(rescueOf(folder, gitlab)).toBe('');
});
