import { expect, test } from 'vitest';
import { Secret } from '../../src/core/secret.ts';
import { codecommit } from '../../src/providers/codecommit.ts';
import { login, password, rules } from './samples.ts';

test('IAM git credentials sign in as they are', () => {
  expect(login(codecommit, password('canary-password', 'alice-at-123456789012'))).toBe(
    'alice-at-123456789012 canary-password',
  );
});

test('access keys are refused with what would be served', () => {
  const secretAccessKey = new Secret('canary-secret-key');
  expect(() => login(codecommit, { kind: 'aws', accessKeyId: 'id', secretAccessKey })).toThrow(
    /not served yet/,
  );
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
    'ssh://git-codecommit.eu-west-1.amazonaws.com/v1/repos/': `${region}/v1/repos/`,
  });
  expect(rules(codecommit, `${region}/v1/repos/Tool`, 'repository')).toMatchObject({
    'codecommit::eu-west-1://Tool.git': `${region}/v1/repos/Tool.git`,
  });
});
