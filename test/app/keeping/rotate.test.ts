import { existsSync, readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { RotateRequest } from '../../../src/app/keeping/rotate/request.ts';
import { rotate } from '../../../src/app/keeping/rotate.ts';
import { startForge } from '../../../src/demo/forge.ts';
import type { FakeGitlab } from '../../fakes/gitlab.ts';
import { keepingContext } from './context.ts';
import { makeFolder } from './folder.ts';
import { first, labManifest, manager, rotateRequest, rotationScene, working } from './rotate-scene.ts';

const now = () => new Date('2026-11-20T10:00:00Z');
const env = { LAB: first, MANAGER: manager };

test('a token in a CI variable: rotated, stored, tried, and nothing of it left behind', async () => {
  await using gitlab = await rotationScene(now);
  using folder = makeFolder();
  folder.write('m.yml', labManifest(gitlab, '{ env: LAB }', '    expires: 2027-01-31\n'));
  const context = keepingContext({ cwd: folder.path, env, now });
  const { rotations, failures } = await rotate(rotateRequest(gitlab), context);
  const token = working(gitlab);
  expect(failures).toEqual([]);
  expect(rotations).toEqual([
    {
      name: 'lab',
      state: 'rotated',
      expires: '2027-02-18',
      kept: [`the CI/CD variables of ${gitlab.host}/acme/pipeline (LAB)`, folder.file('m.yml')],
      left: [],
    },
  ]);
  expect(token).not.toBe(first);
  expect(gitlab.variable('acme/pipeline', 'LAB')).toMatchObject({
    value: token,
    hidden: true,
    protected: true,
  });
  expect(folder.read('m.yml')).toBe(labManifest(gitlab, '{ env: LAB }', '    expires: 2027-02-18\n'));
  expect(readdirSync(folder.file('.local/state/pipeline-credentials'))).toEqual([]);
  expect(JSON.stringify([rotations, context.talk])).not.toContain('canary');
  const rotates = gitlab.traffic.requests.filter(({ path }) => path.endsWith('/rotate'));
  expect(rotates).toHaveLength(1);
});

test('a token in a file, and one in the manifest itself', async () => {
  await using gitlab = await rotationScene(now);
  using folder = makeFolder();
  folder.write('lab.token', first);
  folder.write('m.yml', labManifest(gitlab, `{ file: ${folder.file('lab.token')} }`));
  const context = keepingContext({ cwd: folder.path, env, now });
  const { rotations } = await rotate(
    rotateRequest(gitlab, { store: null, recoveryToken: 'MANAGER' }),
    context,
  );
  expect(rotations[0]?.kept).toEqual([folder.file('lab.token'), folder.file('m.yml')]);
  expect([folder.read('lab.token'), folder.mode('lab.token')]).toEqual([working(gitlab), 0o600]);
  folder.write('m.yml', labManifest(gitlab, working(gitlab) ?? ''));
  await rotate(rotateRequest(gitlab, { store: null, recoveryToken: 'MANAGER' }), context);
  expect(folder.read('m.yml')).toBe(labManifest(gitlab, working(gitlab) ?? ''));
});

test('a manifest that a store has is stored again, with the new token in it', async () => {
  await using gitlab = await rotationScene(now);
  using folder = makeFolder();
  folder.write('lab.token', first);
  folder.write('m.yml', labManifest(gitlab, `{ file: ${folder.file('lab.token')} }`));
  await rotate(rotateRequest(gitlab), keepingContext({ cwd: folder.path, env, now }));
  const stored = Buffer.from(
    gitlab.variable('acme/pipeline', 'PIPELINE_CREDENTIALS')?.value ?? '',
    'base64',
  ).toString();
  expect(stored).toBe(labManifest(gitlab, working(gitlab) ?? ''));
});

test('only what ends within the window, all that can when none is named', async () => {
  await using gitlab = await rotationScene(now);
  using folder = makeFolder();
  folder.write(
    'm.yml',
    `${labManifest(gitlab, '{ env: LAB }')}  - { name: hub, provider: registry, registry: docker.io, username: me, password: { env: HUB } }\n`,
  );
  const context = keepingContext({ cwd: folder.path, env, now });
  const day = 86_400_000;
  const early = await rotate(rotateRequest(gitlab, { names: [], within: 14 * day }), context);
  expect(early.rotations).toMatchObject([{ name: 'lab', state: 'not-due', expires: '2027-01-31' }]);
  expect(working(gitlab)).toBe(first);
  const dry = await rotate(
    rotateRequest(gitlab, { names: [], within: 80 * day, dryRun: true, days: null }),
    context,
  );
  expect(dry.rotations).toMatchObject([{ state: 'would-rotate', expires: '2027-11-20' }]);
  expect(working(gitlab)).toBe(first);
  expect(
    (await rotate(rotateRequest(gitlab, { names: [], within: 80 * day }), context)).rotations,
  ).toMatchObject([{ state: 'rotated' }]);
});

test.each<[string, Partial<RotateRequest>, (gitlab: FakeGitlab) => void, RegExp]>([
  [
    'without the scope',
    {},
    ({ tokens }) => Object.assign(tokens[0] ?? {}, { scopes: ['read_api'] }),
    /neither the scope/,
  ],
  ['without a net', { recoveryToken: 'LAB' }, () => {}, /would be lost with it/],
  [
    'with a manager of other things',
    {},
    ({ tokens }) => Object.assign(tokens[1] ?? {}, { manages: ['acme/pipeline'] }),
    /would be lost with it/,
  ],
  [
    'with a store that cannot be written',
    {},
    ({ traffic }) => traffic.fail('PUT ', { status: 403, body: { message: 'no' } }),
    /was not stored/,
  ],
  ['with nowhere to put it', { store: null }, () => {}, /say where that is kept/],
  ['when it is dead', {}, ({ tokens }) => Object.assign(tokens[0] ?? {}, { revoked: true }), /is dead/],
])('%s nothing is rotated', async (_, more, spoil, message) => {
  await using gitlab = await rotationScene(now);
  using folder = makeFolder();
  folder.write('m.yml', labManifest(gitlab, '{ env: LAB }'));
  spoil(gitlab);
  const context = keepingContext({ cwd: folder.path, env, now });
  const { rotations, failures } = await rotate(rotateRequest(gitlab, more), context);
  expect([rotations, failures.map(({ failure }) => failure.message)]).toEqual([
    [],
    [expect.stringMatching(message)],
  ]);
  expect(
    gitlab.traffic.requests.some(({ method, path }) => method === 'POST' && path.includes('rotate')),
  ).toBe(false);
  expect(gitlab.variable('acme/pipeline', 'LAB')?.value).toBe(first);
  expect(JSON.stringify([failures, context.talk])).not.toContain('canary');
});

test('a name that is none begins nothing', async () => {
  await using gitlab = await rotationScene(now);
  using folder = makeFolder();
  folder.write('m.yml', labManifest(gitlab, '{ env: LAB }'));
  const context = keepingContext({ cwd: folder.path, env, now });
  await expect(rotate(rotateRequest(gitlab, { names: ['lab', 'lap'] }), context)).rejects.toMatchObject({
    code: 'usage',
    hint: expect.stringContaining('Did you mean lab?'),
  });
  expect(gitlab.traffic.requests).toEqual([]);
});

test('two rotations at one time: one of them is kept out', async () => {
  await using gitlab = await rotationScene(now);
  using folder = makeFolder();
  folder.write('m.yml', labManifest(gitlab, '{ env: LAB }'));
  gitlab.traffic.latencyMs = 20;
  const run = () => rotate(rotateRequest(gitlab), keepingContext({ cwd: folder.path, env, now }));
  const results = await Promise.all([run(), run()]);
  expect(results.flatMap(({ rotations }) => rotations)).toHaveLength(1);
  expect(results.flatMap(({ failures }) => failures.map(({ failure }) => failure.message))).toEqual([
    expect.stringMatching(/^lab is being rotated already/),
  ]);
  expect(gitlab.variable('acme/pipeline', 'LAB')?.value).toBe(working(gitlab));
});

test('guided, where the host cannot: paste, test, store, end the old one', async () => {
  const [old, newer] = ['canary-old-0123456789', 'canary-new-0123456789'];
  await using forge = await startForge({
    repositories: [{ name: 'acme/rnaseq' }],
    tokens: [
      { token: old, owners: ['acme'] },
      { token: newer, owners: ['acme'], expires: new Date('2027-05-01T00:00:00Z') },
    ],
  });
  await using gitlab = await rotationScene(now);
  using folder = makeFolder();
  const text = (secret: string, expires: string) =>
    `version: 1\ncredentials:\n  - { name: acme, provider: github, url: '${forge.url}/acme', token: ${secret}, expires: ${expires} }\n`;
  folder.write('m.yml', text(old, '2026-11-01'));
  const asked = rotateRequest(gitlab, { names: ['acme'], store: null });
  const wrong = keepingContext({ cwd: folder.path, answers: ['canary-wrong-0123456789'], now });
  expect((await rotate(asked, wrong)).failures[0]?.failure.message).toMatch(
    /does not work.*old secret is still/,
  );
  const same = keepingContext({ cwd: folder.path, answers: [old], now });
  expect((await rotate(asked, same)).failures[0]?.failure.message).toMatch(/That is the old secret/);
  expect(folder.read('m.yml')).toBe(text(old, '2026-11-01'));
  const context = keepingContext({ cwd: folder.path, answers: [newer, 'y'], now });
  const { rotations } = await rotate(asked, context);
  expect(rotations).toMatchObject([
    { name: 'acme', state: 'rotated', expires: '2027-05-01T00:00:00Z', left: [] },
  ]);
  expect(folder.read('m.yml')).toBe(text(newer, '2027-05-01T00:00:00Z'));
  expect([...forge.state.tokens.keys()]).toEqual([newer]);
  expect(context.talk[0]).toMatch(/^Make a new secret for acme at http.*settings/);
  expect(existsSync(folder.file('.local/state/pipeline-credentials/guided-acme.json'))).toBe(false);
  expect(JSON.stringify([rotations, context.talk])).not.toContain('canary');
});

test('with nobody there, a host that cannot rotate says so', async () => {
  await using gitlab = await rotationScene(now);
  using folder = makeFolder();
  folder.write(
    'm.yml',
    `version: 1\ncredentials:\n  - { name: hub, provider: registry, registry: docker.io, username: me, password: canary-hub-0123 }\n`,
  );
  const { failures } = await rotate(
    rotateRequest(gitlab, { names: ['hub'], store: null }),
    keepingContext({ cwd: folder.path }),
  );
  expect(failures[0]?.failure).toMatchObject({
    code: 'usage',
    hint: expect.stringContaining('--secret-from'),
  });
});

test("rule 1: a manifest in the workspace does not say where the manager's token goes", async () => {
  await using gitlab = await rotationScene(now);
  await using elsewhere = await rotationScene(now);
  using folder = makeFolder();
  folder.write('m.yml', labManifest(elsewhere, '{ env: LAB }'));
  const context = keepingContext({ cwd: folder.path, env, now });
  const inCi = { ...context, job: { ...context.job, ci: 'gitlab' as const, workspace: folder.path } };
  const asked = rotateRequest(gitlab, {
    recoveryToken: 'MANAGER',
    manifest: { text: null, files: ['m.yml'], allowEnv: `LAB=${elsewhere.host}` },
  });
  const { failures } = await rotate(asked, inCi);
  expect(failures[0]?.failure.message).toMatch(/would be lost with it/);
  const sent = elsewhere.traffic.requests.map(({ headers }) => headers['private-token']);
  expect(sent).not.toContain(manager);
});
