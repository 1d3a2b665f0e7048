import { expect, test } from 'vitest';
import type { ResolvedSignIn } from '../../src/core/manifest/manifest.ts';
import { Secret } from '../../src/core/secret.ts';
import { codecommit } from '../../src/providers/codecommit.ts';
import { location } from '../core/selection/samples.ts';
import { credential, login, password, rules } from './samples.ts';

test('IAM git credentials sign in as they are', () => {
  expect(login(codecommit, password('canary-password', 'alice-at-123456789012'))).toBe(
    'alice-at-123456789012 canary-password',
  );
});

const keys = {
  kind: 'aws',
  accessKeyId: 'AKIDEXAMPLE',
  secretAccessKey: new Secret('canary-secret-key'),
} as const;

test('access keys have no password: they sign', () => {
  expect(login(codecommit, keys)).toBe(null);
  const { kind: _, ...given } = keys;
  expect(codecommit.gitOnly?.(keys)).toEqual({ kind: 'codecommit', keys: { ...given, sessionToken: null } });
  expect(codecommit.gitOnly?.(password('canary-password', 'alice'))).toBe(null);
});

test('temporary keys without their session token are noticed', () => {
  const advice = (signIn: ResolvedSignIn) => codecommit.advice(signIn, credential('codecommit'));
  expect(advice(keys)).toEqual([]);
  expect(advice({ ...keys, accessKeyId: 'ASIAEXAMPLE' })).toEqual([
    expect.stringContaining('`session-token`'),
  ]);
});

test.each([
  ['git-codecommit.eu-west-1.amazonaws.com', true],
  ['git-codecommit-fips.us-gov-west-1.amazonaws.com', true],
  ['git-codecommit.cn-north-1.amazonaws.com.cn', true],
  ['vpce-0a1b-2c3d.git-codecommit.us-east-1.vpce.amazonaws.com', true],
  ['git-codecommit.eu-west-1.amazonaws.com:8443', false],
  ['evil.git-codecommit.eu-west-1.amazonaws.com', false],
  ['git-codecommit.eu-west-1.amazonaws.com.evil.example', false],
  ['git-codecommit.evil.amazonaws.com', false],
])('rule 10: covers %s: %s', (host, covered) => {
  expect(codecommit.covers(host)).toBe(covered);
});

test('rewrites of a region and of a repository', () => {
  const region = 'https://git-codecommit.eu-west-1.amazonaws.com';
  expect(rules(codecommit, region, 'host')).toEqual({
    'codecommit::eu-west-1://': `${region}/v1/repos/`,
    'codecommit://': `${region}/v1/repos/`,
    'ssh://git-codecommit.eu-west-1.amazonaws.com/v1/repos/': `${region}/v1/repos/`,
  });
  expect(rules(codecommit, `${region}/v1/repos/Tool`, 'repository')).toMatchObject({
    'codecommit::eu-west-1://Tool.git': `${region}/v1/repos/Tool.git`,
  });
});

test('the id of an ssh key is its user', () => {
  const host = 'git-codecommit.eu-west-1.amazonaws.com';
  const addresses = [{ user: 'APKAEXAMPLE', host, port: 22 }];
  const place = location(`https://${host}/v1/repos`);
  expect(
    codecommit.rewrites({ location: place, kind: 'namespace', addresses, root: [], targets: [] }),
  ).toContainEqual({ from: `ssh://APKAEXAMPLE@${host}/v1/repos/`, to: `https://${host}/v1/repos/` });
});
