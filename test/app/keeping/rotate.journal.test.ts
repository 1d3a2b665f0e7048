import { readdirSync, symlinkSync } from 'node:fs';
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

const now = () => new Date('2026-11-20T10:00:00Z');
const other = 'canary-other-0123456789';

/** Another credential that is called as the first: of another manifest on this machine. */
function addOther(gitlab: FakeGitlab): void {
  gitlab.addToken({ token: other, username: 'project_7_bot_cd', userId: 71, scopes: ['self_rotate'] });
}

async function run(gitlab: FakeGitlab, folder: Folder, LAB: string) {
  const context = keepingContext({ cwd: folder.path, env: { LAB, MANAGER: manager }, now });
  return { ...(await rotate(rotateRequest(gitlab), context)), talk: context.talk };
}

function stateFiles(folder: Folder): readonly string[] {
  return readdirSync(folder.file('.local/state/pipeline-credentials'));
}

/** A rotation that ends with the new token in the rescue file alone. */
async function cutOff(gitlab: FakeGitlab, folder: Folder): Promise<void> {
  let puts = 0;
  gitlab.traffic.fail(({ method }) => method === 'PUT' && ++puts === 2, { status: 403 });
  await run(gitlab, folder, first);
  gitlab.traffic.heal();
}

test.each([
  ['of the same base URL', 'acme/pipeline', /remembers the rotation of another token/],
  ['of another base URL', 'acme/depot', null],
])("what was rescued of one credential does not go to another's place: %s", async (_, path, message) => {
  await using gitlab = await rotationScene(now);
  using folder = makeFolder();
  folder.write('m.yml', labManifest(gitlab, '{ env: LAB }'));
  await cutOff(gitlab, folder);
  const rescued = working(gitlab);
  addOther(gitlab);
  folder.write('m.yml', labManifest(gitlab, '{ env: LAB }').replace('/acme/pipeline', `/${path}`));
  const { failures } = await run(gitlab, folder, other);
  const variable = gitlab.variable('acme/pipeline', 'LAB')?.value;
  expect(variable).not.toBe(rescued);
  if (message === null) expect(failures).toEqual([]);
  else expect(failures[0]?.failure.message).toMatch(message);
  // And it is still there for its own.
  folder.write('m.yml', labManifest(gitlab, '{ env: LAB }'));
  expect((await run(gitlab, folder, first)).rotations).toMatchObject([{ state: 'recovered' }]);
  expect(gitlab.variable('acme/pipeline', 'LAB')?.value).toBe(rescued);
  expect(stateFiles(folder)).toEqual([]);
});

test('a question without an answer is not taken for one of another token', async () => {
  await using gitlab = await rotationScene(now);
  using folder = makeFolder();
  folder.write('m.yml', labManifest(gitlab, '{ env: LAB }'));
  loseRotation(gitlab);
  await run(gitlab, folder, first);
  gitlab.traffic.heal();
  const heir = working(gitlab);
  // It is dead as well: nothing tells that it is not the one that was asked about.
  gitlab.addToken({ token: other, userId: 71, revoked: true });
  expect((await run(gitlab, folder, other)).failures[0]?.failure.message).toMatch(/is dead/);
  expect(working(gitlab)).toBe(heir);
  // Alive, it is rotated by itself.
  const alive = 'canary-alive-0123456789';
  gitlab.addToken({ token: alive, username: 'project_7_bot_ef', userId: 72, scopes: ['self_rotate'] });
  const { rotations, talk } = await run(gitlab, folder, alive);
  expect(rotations).toMatchObject([{ state: 'rotated' }]);
  expect(talk.join()).toMatch(/token 100 .*--recover 100/);
});

test('a host that is only slow: it is not forgotten that it was asked', async () => {
  await using gitlab = await rotationScene(now);
  using folder = makeFolder();
  folder.write('m.yml', labManifest(gitlab, '{ env: LAB }'));
  gitlab.traffic.fail('self/rotate', { status: 504, body: 'Gateway Timeout' });
  expect((await run(gitlab, folder, first)).failures[0]?.failure.message).toMatch(/old token works/);
  // What the gateway gave up on comes to its end after all.
  await fetch(`${gitlab.apiUrl}/personal_access_tokens/self/rotate`, {
    method: 'POST',
    headers: { 'private-token': first },
  });
  const { rotations } = await run(gitlab, folder, first);
  expect(rotations).toMatchObject([{ state: 'recovered' }]);
  expect(gitlab.variable('acme/pipeline', 'LAB')?.value).toBe(working(gitlab));
});

test.each([403, 400, 404])(
  'a proxy that says %s for what was done: it is looked at before it is believed',
  async (status) => {
    await using gitlab = await rotationScene(now);
    using folder = makeFolder();
    folder.write('m.yml', labManifest(gitlab, '{ env: LAB }'));
    gitlab.traffic.fail('self/rotate', { instead: { status, body: { message: 'no' } } });
    expect((await run(gitlab, folder, first)).failures).toEqual([]);
    expect(gitlab.variable('acme/pipeline', 'LAB')?.value).toBe(working(gitlab));
  },
);

test('a mounted secret is a link: what it leads to is replaced, not the link', async () => {
  await using gitlab = await rotationScene(now);
  using folder = makeFolder();
  symlinkSync(folder.write('real.token', first), folder.file('lab.token'));
  folder.write('m.yml', labManifest(gitlab, `{ file: ${folder.file('lab.token')} }`));
  const context = keepingContext({ cwd: folder.path, env: { MANAGER: manager }, now });
  await rotate(rotateRequest(gitlab, { store: null, recoveryToken: 'MANAGER' }), context);
  expect(folder.read('real.token')).toBe(working(gitlab));
  expect(folder.read('lab.token')).toBe(working(gitlab));
});

test('in CI, where this disk is gone with the job, a failure tells the number to recover by', async () => {
  await using gitlab = await rotationScene(now);
  using folder = makeFolder();
  const manifest = { text: labManifest(gitlab, '{ env: LAB }'), files: [], allowEnv: '' };
  let puts = 0;
  gitlab.traffic.fail(({ method }) => method === 'PUT' && ++puts === 2, { status: 403 });
  const context = keepingContext({ cwd: folder.path, env: { LAB: first, MANAGER: manager }, now });
  const inCi = { ...context, job: { ...context.job, ci: 'gitlab' as const } };
  const { failures } = await rotate(rotateRequest(gitlab, { manifest }), inCi);
  expect(failures[0]?.failure.hint).toMatch(
    /readable by you alone.*gone by then: rotate lab --recover 100\.$/,
  );
});
