import { expect, test } from 'vitest';
import { planRemoval } from '../../../src/app/keeping/remove-credential.ts';
import { keepingContext } from './context.ts';
import { makeFolder } from './folder.ts';

const text = `version: 1
credentials:
  - { name: all, provider: github, token: { env: T1 } }
  # the organisation's
  - { name: acme, provider: github, url: 'https://github.com/acme', token: { env: T2 }, registries: [ghcr.io/acme] }
  - { name: prod, provider: github, url: 'https://github.com/acme', token: { env: T3 }, environments: [production] }
repositories:
  - https://github.com/acme/rnaseq
  - https://github.com/globex/tools
  - { url: https://github.com/acme/site, credential: acme }
registries:
  - ghcr.io/acme/tools
`;
const unpinned = text.replace(', credential: acme', '');

test('says who loses it and who comes after, and takes it out only then', async () => {
  using folder = makeFolder();
  folder.write('m.yml', unpinned);
  const plan = await planRemoval({ manifest: 'm.yml', name: 'ACME' }, keepingContext({ cwd: folder.path }));
  expect(plan.bereft).toEqual([
    { target: 'https://github.com/acme/rnaseq', kind: 'repository', heir: 'all', reason: expect.any(String) },
    { target: 'https://github.com/acme/site', kind: 'repository', heir: 'all', reason: expect.any(String) },
    { target: 'ghcr.io/acme/tools', kind: 'registry', heir: null, reason: 'no credential covers it' },
  ]);
  expect(folder.read('m.yml')).toBe(unpinned);
  plan.remove();
  expect(folder.read('m.yml')).toBe(unpinned.replace(/ {2}- \{ name: acme.*\n/, ''));
});

test('looks at the environments that it is for', async () => {
  using folder = makeFolder();
  folder.write('m.yml', unpinned);
  const { bereft } = await planRemoval(
    { manifest: 'm.yml', name: 'prod' },
    keepingContext({ cwd: folder.path }),
  );
  expect(bereft.every(({ heir }) => heir === 'acme')).toBe(true);
});

test.each([
  ['a target is pinned to', 'acme', 'manifest-invalid', /pinned/],
  ['nobody has', 'nobody', 'usage', /no credential of that name/],
])('one that %s cannot be taken out', async (_, name, code, message) => {
  using folder = makeFolder();
  folder.write('m.yml', text);
  await expect(
    planRemoval({ manifest: 'm.yml', name }, keepingContext({ cwd: folder.path })),
  ).rejects.toMatchObject({
    code,
    message: expect.stringMatching(message),
  });
});
