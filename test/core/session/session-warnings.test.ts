import { describe, expect, test } from 'vitest';
import { Secret } from '../../../src/core/secret.ts';
import { dockerWarnings, type GitFacts, gitWarnings } from '../../../src/core/session/session-warnings.ts';
import { sectionAt } from './section.ts';

const rewrites = [{ from: 'git@github.com:acme/', to: 'https://github.com/acme/' }];
const sections = [sectionAt('https://github.com/acme', 'namespace', { rewrites })];

function warnings(facts: Partial<GitFacts>, known: typeof sections = []) {
  return gitWarnings(sections, { version: [2, 39], rewrites: [], netrc: null, ...facts, known });
}

describe('git', () => {
  test('nothing to say', () => {
    expect(warnings({})).toEqual([]);
    expect(warnings({ version: null })).toEqual([]);
  });

  test.each([
    [[2, 25], 1],
    [[1, 9], 1],
    [[2, 26], 0],
    [[3, 0], 0],
  ] as const)('version %j', (version, count) => {
    expect(warnings({ version })).toHaveLength(count);
  });

  test.each([
    ['machine github.com login x password canary', 1],
    ['machine\n  github.com\n  login x', 1],
    ['default login x password canary', 1],
    ['machine example.com login x password canary', 0],
    ['machine github.com.example.com login x', 0],
  ])('~/.netrc with %j', (netrc, count) => {
    const told = warnings({ netrc });
    expect(told).toHaveLength(count);
    expect(told.join()).not.toContain('canary');
  });

  test('a rule of the user that is as long as ours', () => {
    const same = { kind: 'insteadOf', from: 'https://github.com/acme/' } as const;
    expect(warnings({ rewrites: [same] })).toHaveLength(1);
    expect(warnings({ rewrites: [{ ...same, kind: 'pushInsteadOf' }] })).toHaveLength(1);
    expect(warnings({ rewrites: [{ ...same, from: 'https://github.com/' }] })).toEqual([]);
    // Of an earlier setup.
    expect(warnings({ rewrites: [same] }, sections)).toEqual([]);
  });
});

describe('docker', () => {
  const login = { username: 'x', password: new Secret('canary-secret') };

  test.each([
    [undefined, 0],
    ['not json', 0],
    ['{"auths":{"ghcr.io":{"auth":"Y2FuYXJ5"}}}', 1],
    ['{"auths":{"https://ghcr.io/v1/":{"auth":"Y2FuYXJ5"}}}', 1],
    ['{"auths":{"quay.io":{"auth":"Y2FuYXJ5"}}}', 0],
  ])('DOCKER_AUTH_CONFIG %j', (text, count) => {
    const told = dockerWarnings([{ host: 'ghcr.io', login }], { DOCKER_AUTH_CONFIG: text });
    expect(told).toHaveLength(count);
    expect(told.join()).not.toContain('Y2FuYXJ5');
  });
});
