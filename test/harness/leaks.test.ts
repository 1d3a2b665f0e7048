import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findSecrets } from './leaks.ts';

const secret = 'canary/secret+"quoted"';
const base64 = (text: string): string => Buffer.from(text).toString('base64');

test.each([
  ['itself', `before ${secret} after`],
  ['base64', base64(secret)],
  ['base64', base64(`x-access-token:${secret}`)],
  ['base64', base64(`ab:${secret}`)],
  ['base64', base64(`abc:${secret} and more`)],
  ['base64', Buffer.from(`??${secret}`).toString('base64url')],
  ['url-encoded', encodeURIComponent(secret)],
  ['json-escaped', JSON.stringify({ token: secret })],
])('finds a secret as %s', async (form, text) => {
  const found = await findSecrets({ log: text }, ['canary-other', secret]);
  expect(found).toContainEqual({ place: 'log', form, secret: 1 });
});

test('finds each line of a key', async () => {
  const found = await findSecrets({ log: 'line: canary-second' }, ['canary-first\ncanary-second']);
  expect(found).toEqual([{ place: 'log', form: 'line', secret: 0 }]);
});

test('finds nothing in what has nothing', async () => {
  expect(await findSecrets({ log: `canary ${base64('canary/secrets')} ***` }, [secret])).toEqual([]);
});

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'leaks-test-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test('searches files, their names, and where links point, below a folder', async () => {
  await writeFile(join(folder, 'canary-name'), '');
  await writeFile(
    join(folder, 'binary'),
    Buffer.concat([Buffer.from([0xff, 0xe2]), Buffer.from('canary-text')]),
  );
  await symlink('/nowhere/canary-link', join(folder, 'link'));
  const found = await findSecrets(folder, ['canary-name', 'canary-text', 'canary-link']);
  expect(found.map(({ secret }) => secret).sort()).toEqual([0, 1, 2]);
});
