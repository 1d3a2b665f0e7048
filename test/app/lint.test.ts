import { expect, test } from 'vitest';
import { type LintReport, lint } from '../../src/app/lint.ts';
import type { ManifestContext } from '../../src/app/manifest.ts';

/** A surrounding in which looking anything up fails the test (security rule 6). */
const context: ManifestContext & { now: Date } = {
  env: new Proxy({}, { get: (_, name) => expect.fail(`the variable ${String(name)} was read`) }),
  cwd: '/nowhere',
  job: { workspace: null, foreignEvent: null, withheld: null },
  readInput: () => expect.fail('standard input was read'),
  now: new Date('2026-11-20T00:00:00Z'),
};

function report(text: string): Promise<LintReport> {
  return lint({ text: `version: 1\n${text}`, files: [], allowEnv: '' }, context);
}

async function findings(text: string): Promise<readonly string[]> {
  const { problems } = await report(text);
  return problems.map(({ severity, code, path }) => `${severity} ${code} ${path}`);
}

const good = 'provider: github, url: https://github.com/acme, token: { env: A }, expires: 2027-01-31';
const credentials = (...keys: readonly string[]) =>
  `credentials:\n${keys.map((each, index) => `  - { name: c${index}, ${each} }\n`).join('')}`;

test('rule 6: a good manifest has no findings, and nothing is resolved', async () => {
  const text = credentials(
    good,
    'provider: github, url: https://github.com/tools, app: { client-id: Iv1, private-key: { file: /run/key } }',
    'provider: registry, registry: ghcr.io, username: { env: U }, password: { file: { env: P } }',
  );
  expect(await report(text)).toEqual({ version: 1, valid: true, problems: [] });
});

test.each([
  [
    'an end that is not said',
    ['provider: github, organization: acme, token: { env: A }'],
    ['expires-missing credentials[0]'],
  ],
  ['an end that was', [good.replace('2027', '2025')], ['credential-expired credentials[0]']],
  [
    'no base URL',
    ['provider: github, token: { env: A }, expires: never'],
    ['credential-all-powerful credentials[0]'],
  ],
  [
    'all repositories',
    [
      'provider: github, organization: acme, app: { client-id: Iv1, private-key: { env: K }, repositories: all }',
    ],
    ['credential-all-powerful credentials[0]'],
  ],
  [
    'a classic token',
    ['provider: github, organization: acme, token: ghp_canarycanary, expires: never'],
    ['credential-all-powerful credentials[0]'],
  ],
  ['an inactive one', [`${good}, status: inactive`], ['credential-inactive credentials[0]']],
  [
    'what the host removed',
    ['provider: bitbucket, workspace: acme, username: a, password: { env: A }'],
    ['sign-in-retired credentials[0]'],
  ],
  [
    'a password of Amazon ECR',
    [
      'provider: registry, registry: 123456789012.dkr.ecr.eu-west-1.amazonaws.com, username: { env: U }, password: { env: P }',
    ],
    ['ecr-password credentials[0]'],
  ],
  ['a tie', [good, good], ['credential-tied credentials[1]']],
  ['no tie: one is preferred', [good, `${good}, default: true`], []],
])('a warning about %s', async (_, keys, expected) => {
  expect(await findings(credentials(...keys))).toEqual(expected.map((each) => `warning ${each}`));
});

test.each([
  [
    'unused',
    'repositories: [https://github.com/acme/a]',
    [good, good.replace('acme', 'tools')],
    ['warning credential-unused credentials[1]'],
  ],
  [
    'used in an environment only',
    'repositories: [https://github.com/acme/a]',
    [good, `${good}, environments: [production], default: true`],
    [],
  ],
  [
    'used without a list of its kind',
    'repositories: [https://github.com/acme/a]',
    [good, `${good.replace('acme', 'tools')}, registries: [ghcr.io]`],
    [],
  ],
  [
    'unused for either kind',
    'repositories: [https://github.com/acme/a]\nregistries: [docker.io]',
    [good, `${good.replace('acme', 'tools')}, registries: [ghcr.io]`],
    ['warning credential-unused credentials[1]'],
  ],
  [
    'too weak',
    'repositories: [{ url: https://github.com/acme/a, access: write }]',
    [`${good}, access: read`],
    ['warning credential-unused credentials[0]', 'warning no-credential repositories[0]'],
  ],
  [
    'pinned where it cannot serve',
    'repositories: [{ url: https://gitlab.com/acme/a, credential: c0 }]',
    [good],
    ['warning credential-unused credentials[0]', 'warning pin-refused repositories[0]'],
  ],
])('targets tell what is %s', async (_, targets, keys, expected) => {
  expect(await findings(`${credentials(...keys)}${targets}`)).toEqual(expected);
});

test.each([
  ['repositories: [https://github.com/acme/../evil]', 'error path-ambiguous repositories[0]'],
  ['repositories: [https://github.com]', 'error target-path repositories[0]'],
  ['registries: ["*.example.com/a"]', 'error registry-host registries[0]'],
  ['repositories: ["https://ada:canary-password@github.com/acme/a"]', 'error target-secret repositories[0]'],
  [
    credentials('provider: github, url: "https://ada:canary-password@github.com", token: { env: A }'),
    'error url-user-info credentials[0].url',
  ],
  [credentials('provider: github, token: canary'), 'error secret-short credentials[0].token'],
])('%s is refused: %s', async (text, expected) => {
  const { valid, problems } = await report(text);
  expect(valid).toBe(false);
  expect(problems.map(({ severity, code, path }) => `${severity} ${code} ${path}`)).toEqual([expected]);
  expect(JSON.stringify(problems)).not.toContain('canary');
});

test('findings are told in the order of the lines, with place and hint', async () => {
  const { problems } = await report(
    `repositories: [https://github.com]\n${credentials('provider: github, token: { env: A }')}`,
  );
  expect(problems.map(({ line, code }) => [line, code])).toEqual([
    [2, 'target-path'],
    [4, 'expires-missing'],
    [4, 'credential-all-powerful'],
  ]);
  expect(
    problems.every(({ hint, message, column }) => hint !== '' && message !== '' && column !== null),
  ).toBe(true);
});
