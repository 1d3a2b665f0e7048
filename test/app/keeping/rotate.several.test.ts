import { expect, test } from 'vitest';
import { rotate } from '../../../src/app/keeping/rotate.ts';
import type { FakeGitlab } from '../../fakes/gitlab.ts';
import { keepingContext } from './context.ts';
import { makeFolder } from './folder.ts';
import { first, labManifest, manager, rotateRequest, rotationScene, working } from './rotate-scene.ts';

const now = () => new Date('2026-11-20T10:00:00Z');
const second = 'canary-second-0123456789';

/** A second token beside the one that the scene has. */
function addSecond(gitlab: FakeGitlab): void {
  gitlab.addToken({
    token: second,
    username: 'project_7_bot_cd',
    userId: 71,
    name: 'depot',
    scopes: ['self_rotate'],
  });
}

const depot = (gitlab: FakeGitlab, secret: string) =>
  `  - { name: depot, provider: gitlab, url: '${gitlab.url}/acme/depot', token: ${secret} }\n`;

function alive({ tokens }: FakeGitlab, name: string): string | undefined {
  return tokens.find((one) => one.name === name && !one.revoked)?.token;
}

test('two tokens in a manifest that comes from a variable: the store has both new ones', async () => {
  await using gitlab = await rotationScene(now);
  using folder = makeFolder();
  addSecond(gitlab);
  const text = `${labManifest(gitlab, first)}${depot(gitlab, second)}`;
  const context = keepingContext({ cwd: folder.path, env: { MANAGER: manager }, now });
  const manifest = { text, files: [], allowEnv: '' };
  const { failures } = await rotate(rotateRequest(gitlab, { manifest, names: ['lab', 'depot'] }), context);
  expect(failures).toEqual([]);
  const stored = `${Buffer.from(gitlab.variable('acme/pipeline', 'PIPELINE_CREDENTIALS')?.value ?? '', 'base64')}`;
  expect(stored).toContain(alive(gitlab, 'lab'));
  expect(stored).toContain(alive(gitlab, 'depot'));
});

test.each([
  ['named by one variable', '{ env: LAB }'],
  ['written out twice', first],
])('one token of two credentials, %s: rotated once, new for both', async (_, secret) => {
  await using gitlab = await rotationScene(now);
  using folder = makeFolder();
  const text = (token: string, expires: string) =>
    ['lab', 'twin']
      .map(
        (name) =>
          `  - { name: ${name}, provider: gitlab, url: '${gitlab.url}/${name}', token: ${token}, expires: ${expires} }\n`,
      )
      .join('');
  const head = 'version: 1\ncredentials:\n';
  folder.write('m.yml', head + text(secret, '2027-01-31'));
  const context = keepingContext({ cwd: folder.path, env: { LAB: first, MANAGER: manager }, now });
  const asked = rotateRequest(gitlab, { names: ['lab', 'twin'], within: 90 * 86_400_000 });
  const { rotations, failures } = await rotate(asked, context);
  expect(failures).toEqual([]);
  expect(rotations.map(({ name, state }) => [name, state])).toEqual([
    ['lab', 'rotated'],
    ['twin', 'rotated'],
  ]);
  const token = secret === first ? (working(gitlab) ?? '') : secret;
  expect(folder.read('m.yml')).toBe(head + text(token, '2027-02-18'));
  expect(gitlab.traffic.requests.filter(({ path }) => path.endsWith('/rotate'))).toHaveLength(1);
});

test('a token that is in a variable and written out as well: new in both', async () => {
  await using gitlab = await rotationScene(now);
  using folder = makeFolder();
  folder.write('m.yml', `${labManifest(gitlab, '{ env: LAB }')}${depot(gitlab, first)}`);
  const context = keepingContext({ cwd: folder.path, env: { LAB: first, MANAGER: manager }, now });
  await rotate(rotateRequest(gitlab), context);
  const token = working(gitlab) ?? '';
  expect(gitlab.variable('acme/pipeline', 'LAB')?.value).toBe(token);
  expect(folder.read('m.yml')).toBe(`${labManifest(gitlab, '{ env: LAB }')}${depot(gitlab, token)}`);
});

test('the token that writes to the store is not rotated: it would be dead before the new one is there', async () => {
  await using gitlab = await rotationScene(now);
  using folder = makeFolder();
  gitlab.addToken({ token: 'canary-admin-token', userId: 7, username: 'ada', name: 'admin' });
  folder.write('m.yml', labManifest(gitlab, '{ env: MANAGER }'));
  const env = { MANAGER: manager, ADMIN: 'canary-admin-token' };
  const context = keepingContext({ cwd: folder.path, env, now });
  const { failures } = await rotate(rotateRequest(gitlab, { recoveryToken: 'ADMIN' }), context);
  expect(failures[0]?.failure.message).toMatch(/writes to its place/);
  expect(gitlab.tokens.filter(({ revoked }) => revoked)).toEqual([]);
});

test('a number to recover is that of one credential, and of a token that is dead', async () => {
  await using gitlab = await rotationScene(now);
  using folder = makeFolder();
  addSecond(gitlab);
  for (const one of gitlab.tokens) if (one.token === second) one.revoked = true;
  folder.write('m.yml', `${labManifest(gitlab, '{ env: LAB }')}${depot(gitlab, second)}`);
  const context = keepingContext({ cwd: folder.path, env: { LAB: first, MANAGER: manager }, now });
  const both = rotateRequest(gitlab, { names: [], within: 90 * 86_400_000, recover: 100 });
  await expect(rotate(both, context)).rejects.toThrow(/number of one token/);
  // The number of a token that works is not that of what got lost.
  const wrong = rotateRequest(gitlab, { names: ['depot'], recover: 100, recoveryToken: 'MANAGER' });
  expect((await rotate(wrong, context)).failures[0]?.failure.message).toMatch(/Token 100 works/);
  expect(gitlab.tokens.filter(({ token }) => token.startsWith('canary-rotated'))).toEqual([]);
});

test('the file that PIPELINE_CREDENTIALS names is the manifest to change; in CI it is a copy', async () => {
  await using gitlab = await rotationScene(now);
  using folder = makeFolder();
  const text = labManifest(gitlab, first);
  const env = { MANAGER: manager, PIPELINE_CREDENTIALS: folder.write('m.yml', text) };
  const context = keepingContext({ cwd: folder.path, env, now });
  const manifest = { text: null, files: [], allowEnv: '' };
  const asked = rotateRequest(gitlab, { manifest, store: null, recoveryToken: 'MANAGER' });
  expect((await rotate(asked, context)).failures).toEqual([]);
  expect(folder.read('m.yml')).toBe(labManifest(gitlab, working(gitlab) ?? ''));
  const inCi = { ...context, job: { ...context.job, ci: 'gitlab' as const } };
  expect((await rotate(asked, inCi)).failures[0]?.failure.message).toMatch(/could be kept nowhere/);
});
