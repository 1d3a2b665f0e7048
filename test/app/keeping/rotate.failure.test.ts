import { mkdirSync, rmSync } from 'node:fs';
import { expect, test } from 'vitest';
import { rotate } from '../../../src/app/keeping/rotate.ts';
import type { FakeGitlab } from '../../fakes/gitlab.ts';
import { keepingContext } from './context.ts';
import { type Folder, makeFolder } from './folder.ts';
import {
  first,
  labManifest,
  loseRotation,
  manager,
  rotateRequest,
  rotationScene,
  working,
} from './rotate-scene.ts';
import { tableOfFailures } from './stop/failed.ts';
import { rowsOf } from './stop/flow.ts';
import { rotateFlows } from './stop/rotate-flows.ts';

const now = () => new Date('2026-11-20T10:00:00Z');

/**
 * Which token works when a request of a rotation fails, and who knows it: mostly, and in which ways of failing else. `and
 * on`: the run came through all the same. `gone`: all later requests fail too. `done but 504`: the host did what it was
 * asked, and something in between said otherwise.
 */
const table = `
GET /projects/acme%2Fpipeline | new: CI, and on | old: CI (403, 429, gone, not JSON, done but 403)
GET /personal_access_tokens/self | new: CI, and on | old: CI (403, 429, gone, not JSON, done but 403)
GET /users/70 | new: CI, and on | old: CI (gone, not JSON)
GET /projects/7/access_tokens/100 | new: CI, and on | old: CI (gone, not JSON)
GET /projects/acme%2Fpipeline/variables/LAB | new: CI, and on | old: CI (403, 429, gone, not JSON, done but 403)
PUT /projects/acme%2Fpipeline/variables/LAB | old: CI
GET /projects/acme%2Fpipeline/variables/LAB | new: CI, and on | old: CI (gone)
POST /personal_access_tokens/self/rotate | old: CI | new: CI, and on (answer lost, done but 504, done but 403)
GET /projects/acme%2Fpipeline/variables/LAB | new: CI, and on | new: rescue (403, gone, done but 403)
PUT /projects/acme%2Fpipeline/variables/LAB | new: CI, and on | new: rescue (403, gone) | new: CI, rescue (done but 403)
GET /projects/acme%2Fpipeline/variables/LAB | new: CI, and on | new: CI, rescue (gone)
GET /personal_access_tokens/self | new: CI, and on | new: CI, rescue (403, 429, gone, not JSON, done but 403)
`;

test('whatever fails, the old or the new token works and is known, and the next run ends it', async () => {
  const failed = await tableOfFailures(rotateFlows['a variable of GitLab']);
  expect(failed.table).toEqual(rowsOf(table));
  expect(failed.runs).toBeGreaterThan(100);
}, 120_000);

async function run(gitlab: FakeGitlab, folder: Folder) {
  // CI gives the job what the variable says.
  const env = { LAB: gitlab.variable('acme/pipeline', 'LAB')?.value ?? '', MANAGER: manager };
  const context = keepingContext({ cwd: folder.path, env, now });
  const result = await rotate(rotateRequest(gitlab), context);
  return { ...result, talk: context.talk };
}

test('an answer that got lost, and the host silent after it: the next run finds the new token by its number', async () => {
  await using gitlab = await rotationScene(now);
  using folder = makeFolder();
  folder.write('m.yml', labManifest(gitlab, '{ env: LAB }'));
  loseRotation(gitlab);
  const { failures, talk } = await run(gitlab, folder);
  expect(failures[0]?.failure.message).toMatch(/not known whether the token was rotated/);
  expect(talk.join()).toMatch(/--recover 100/);
  gitlab.traffic.heal();
  const again = await run(gitlab, folder);
  expect(again.rotations).toMatchObject([{ state: 'recovered' }]);
  expect(gitlab.variable('acme/pipeline', 'LAB')?.value).toBe(working(gitlab));
});

test('the same, where the machine and its memory are gone: by the number that the log told', async () => {
  await using gitlab = await rotationScene(now);
  gitlab.traffic.fail('self/rotate', 'lose');
  const api = `${gitlab.apiUrl}/personal_access_tokens/self/rotate`;
  await expect(fetch(api, { method: 'POST', headers: { 'private-token': first } })).rejects.toThrow();
  using folder = makeFolder();
  folder.write('m.yml', labManifest(gitlab, '{ env: LAB }'));
  expect((await run(gitlab, folder)).failures[0]?.failure.message).toMatch(/is dead/);
  const env = { LAB: first, MANAGER: manager };
  const context = keepingContext({ cwd: folder.path, env, now });
  const { rotations } = await rotate(rotateRequest(gitlab, { recover: 100 }), context);
  expect(rotations).toMatchObject([{ state: 'recovered' }]);
  expect(gitlab.variable('acme/pipeline', 'LAB')?.value).toBe(working(gitlab));
});

test('where it is not clear which token came after, none is touched', async () => {
  await using gitlab = await rotationScene(now);
  using folder = makeFolder();
  folder.write('m.yml', labManifest(gitlab, '{ env: LAB }'));
  gitlab.traffic.fail('self/rotate', 'lose');
  gitlab.addToken({ token: 'canary-namesake-token', username: 'project_7_bot_ab', userId: 70, name: 'lab' });
  const { failures } = await run(gitlab, folder);
  expect(failures[0]?.failure.message).toMatch(/not clear which token took the place of number 100/);
  expect(gitlab.traffic.requests.filter(({ path }) => path.endsWith('/rotate'))).toHaveLength(1);
});

test('a disk that takes no more after the rotation: the new value goes straight to its place', async () => {
  await using gitlab = await rotationScene(now);
  using folder = makeFolder();
  folder.write('m.yml', labManifest(gitlab, '{ env: LAB }'));
  const state = folder.file('.local/state/pipeline-credentials');
  gitlab.traffic.fail(({ path }) => {
    // A folder in the journal's place: renaming a file onto it fails.
    if (path.endsWith('self/rotate')) {
      const journal = `${state}/rotate-${gitlab.host.replace(':', '_')}-acme-pipeline-lab.json`;
      rmSync(journal);
      mkdirSync(`${journal}/x`, { recursive: true });
    }
    return false;
  }, 'reset');
  const { talk } = await run(gitlab, folder);
  expect(talk.join()).toMatch(/cannot be written.*straight to its places/);
  expect(gitlab.variable('acme/pipeline', 'LAB')?.value).toBe(working(gitlab));
});

test('without a net a lost answer is said as it is', async () => {
  await using gitlab = await rotationScene(now);
  using folder = makeFolder();
  folder.write('lab.token', first);
  folder.write('m.yml', labManifest(gitlab, `{ file: ${folder.file('lab.token')} }`));
  gitlab.traffic.fail('self/rotate', 'lose');
  const context = keepingContext({ cwd: folder.path, now });
  const { failures } = await rotate(rotateRequest(gitlab, { store: null, withoutNet: true }), context);
  expect(failures[0]?.failure).toMatchObject({
    message: expect.stringMatching(/old token of lab is dead, and no token here can bring the new one back/),
    hint: expect.stringMatching(/--recovery-token/),
  });
  // It is not too late for a net.
  const later = keepingContext({ cwd: folder.path, env: { MANAGER: manager }, now });
  await rotate(rotateRequest(gitlab, { store: null, recoveryToken: 'MANAGER' }), later);
  expect(folder.read('lab.token')).toBe(working(gitlab));
});
