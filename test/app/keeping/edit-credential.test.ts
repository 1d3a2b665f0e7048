import { afterAll, beforeAll, expect, test } from 'vitest';
import { type EditRequest, editCredential } from '../../../src/app/keeping/edit-credential.ts';
import { type Forge, startForge } from '../../../src/demo/forge.ts';
import { keepingContext } from './context.ts';
import { type Folder, makeFolder } from './folder.ts';

const old = 'canary-old-0123456789';
const newer = 'canary-new-0123456789';
let forge: Forge;
beforeAll(async () => {
  forge = await startForge({
    repositories: [{ name: 'acme/rnaseq' }],
    tokens: [
      { token: old, owners: ['acme'], access: 'read' },
      { token: newer, owners: ['acme'], access: 'read', expires: new Date('2027-03-04T00:00:00Z') },
    ],
  });
});
afterAll(() => forge.close());

function manifest(folder: Folder, secret: string): string {
  const text = `version: 1\ncredentials:\n  # the lab's\n  - name: lab # ours\n    provider: github\n    url: ${forge.url}/acme\n    token: ${secret} # secret\n    expires: 2027-01-01\n`;
  return folder.write('pipeline-credentials.yml', text);
}

function request(more: Partial<EditRequest> = {}): EditRequest {
  return {
    manifest: null,
    name: 'lab',
    changes: {},
    from: null,
    asksSecret: false,
    keep: null,
    variable: null,
    store: null,
    test: true,
    dryRun: false,
    ...more,
  };
}

test('a key is changed, another taken out, the secret and the comments stay', async () => {
  using folder = makeFolder();
  manifest(folder, '{ env: LAB }');
  const context = keepingContext({ cwd: folder.path, env: { LAB: old } });
  await editCredential(request({ changes: { access: 'read', expires: null } }), context);
  expect(folder.read('pipeline-credentials.yml')).toBe(
    `version: 1\ncredentials:\n  # the lab's\n  - name: lab # ours\n    provider: github\n    url: ${forge.url}/acme\n    token: { env: LAB } # secret\n    access: read\n`,
  );
});

test('a secret left blank stays', async () => {
  using folder = makeFolder();
  manifest(folder, old);
  const before = folder.read('pipeline-credentials.yml');
  const context = keepingContext({ cwd: folder.path, answers: [''] });
  await editCredential(request({ asksSecret: true }), context);
  expect(folder.read('pipeline-credentials.yml')).toBe(before);
  expect(context.talk).toEqual([expect.stringContaining('blank to keep the old one')]);
});

test('a new secret goes where the old one was, with the end that the host tells', async () => {
  using folder = makeFolder();
  manifest(folder, old);
  await editCredential(request({ asksSecret: true }), keepingContext({ cwd: folder.path, answers: [newer] }));
  expect(folder.read('pipeline-credentials.yml')).toContain(
    `token: ${newer} # secret\n    expires: 2027-03-04T00:00:00Z\n`,
  );
  manifest(folder, `{ file: ${folder.file('lab.token')} }`);
  folder.write('lab.token', old);
  const context = keepingContext({ cwd: folder.path, env: { NEWER: newer } });
  await editCredential(request({ from: 'NEWER' }), context);
  expect([folder.read('lab.token'), folder.mode('lab.token')]).toEqual([newer, 0o600]);
  manifest(folder, '{ env: LAB }');
  expect((await editCredential(request({ from: 'NEWER' }), context)).left).toEqual([
    expect.stringContaining('LAB'),
  ]);
});

test('a secret that does not work replaces nothing', async () => {
  using folder = makeFolder();
  manifest(folder, `{ file: ${folder.file('lab.token')} }`);
  folder.write('lab.token', old);
  const before = folder.read('pipeline-credentials.yml');
  const context = keepingContext({ cwd: folder.path, env: { WRONG: 'canary-wrong-0123456789' } });
  await expect(
    editCredential(request({ from: 'WRONG', changes: { access: 'read' } }), context),
  ).rejects.toMatchObject({
    code: 'refused',
    message: expect.stringMatching(/^lab does not work: .*Nothing was saved\.$/),
  });
  expect([folder.read('pipeline-credentials.yml'), folder.read('lab.token')]).toEqual([before, old]);
});

test.each<[string, Partial<EditRequest>, RegExp]>([
  ['another provider', { changes: { provider: 'gitlab' } }, /provider of a credential cannot be changed/],
  ['an unknown name', { name: 'lap' }, /no credential of that name/],
  ['a name that is none', { changes: { name: 'no name' } }, /would have a mistake/],
])('%s is refused', async (_, more, message) => {
  using folder = makeFolder();
  manifest(folder, '{ env: LAB }');
  const before = folder.read('pipeline-credentials.yml');
  const context = keepingContext({ cwd: folder.path, env: { LAB: old } });
  await expect(editCredential(request(more), context)).rejects.toThrow(message);
  expect(folder.read('pipeline-credentials.yml')).toBe(before);
});

test('what somebody else wrote meanwhile is not overwritten', async () => {
  using folder = makeFolder();
  manifest(folder, old);
  const context = keepingContext({ cwd: folder.path, answers: [newer] });
  const hasty = {
    ...context,
    ask: context.ask && {
      ...context.ask,
      secret: async (question: string) => {
        folder.write('pipeline-credentials.yml', 'version: 1\n# theirs\ncredentials: []\n');
        return context.ask?.secret(question) ?? null;
      },
    },
  };
  await expect(editCredential(request({ asksSecret: true }), hasty)).rejects.toMatchObject({
    code: 'refused',
  });
  expect(folder.read('pipeline-credentials.yml')).toContain('# theirs');
});
