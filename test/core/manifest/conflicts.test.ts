import { describe, expect, test } from 'vitest';
import { readManifests } from '../../../src/core/manifest/read.ts';
import { gitProviders } from '../../../src/providers/index.ts';

function faults(...credentials: readonly string[]): readonly string[] {
  const list = credentials.map((keys, index) => `  - { name: c${index}, ${keys} }`).join('\n');
  const source = {
    name: 'manifest.yml',
    text: `version: 1\ncredentials:\n${list}`,
    trust: 'trusted',
  } as const;
  return readManifests([source], gitProviders).problems.map(({ code, path }) => `${code} ${path}`);
}

const app = 'provider: github, app: { client-id: Iv1, private-key: { env: K } }';

describe('two Apps that nothing could choose between are refused', () => {
  test.each([
    ['without base URL', [app, app], 1],
    ['for one base URL', [`${app}, url: https://github.com/acme`, `${app}, organization: ACME`], 1],
    [
      'for one base URL, in overlapping environments',
      [`${app}, environments: [a, b]`, `${app}, environments: [b]`],
      1,
    ],
    ['three of them', [app, app, app], 2],
    ['for different base URLs', [app, `${app}, organization: acme`], 0],
    ['for different access', [`${app}, access: read`, `${app}, access: write`], 0],
    ['in different environments', [`${app}, environments: [a]`, `${app}, environments: [b]`], 0],
    ['one of them inactive', [app, `${app}, status: inactive`], 0],
    ['one of them no App', [app, 'provider: github, token: { env: A }'], 0],
  ])('%s', (_, credentials, count) => {
    expect(faults(...credentials)).toEqual(
      Array.from({ length: count }, (_, index) => `app-duplicate credentials[${index + 1}]`),
    );
  });

  test('with the three ways out', () => {
    const source = {
      name: 'm',
      text: `version: 1\ncredentials:\n- { name: a, ${app} }\n- { name: b, ${app} }`,
      trust: 'trusted',
    } as const;
    const [problem] = readManifests([source], gitProviders).problems;
    expect(problem?.hint).toMatch(/Use a for both, delete one .*another `url`/);
  });
});

test.each([
  ['gitlab', 'gitea', 'https://git.example.com'],
  ['github', 'git', 'https://github.com'],
])('one host of two providers is refused: %s and %s', (one, other, url) => {
  expect(
    faults(
      `provider: ${one}, url: ${url}/a, token: { env: A }`,
      `provider: ${other}, url: ${url}/b, token: { env: B }`,
    ),
  ).toEqual(['host-of-two-providers credentials[1]']);
});

test('a public host keeps its provider whoever names it first', () => {
  expect(faults('provider: git, url: https://gitlab.com/a, token: { env: A }')).toEqual([
    'host-of-two-providers credentials[0]',
  ]);
});

test('another port is another service', () => {
  const [one, other] = ['gitlab, url: https://git.example.com', 'gitea, url: "https://git.example.com:3000"'];
  expect(faults(`provider: ${one}, token: { env: A }`, `provider: ${other}, token: { env: B }`)).toEqual([]);
});
