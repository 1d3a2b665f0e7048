import { expect, test } from 'vitest';
import { codeCommitRegion } from '../../src/core/codecommit-host.ts';

test.each([
  ['git-codecommit.eu-west-1.amazonaws.com', 'eu-west-1'],
  ['git-codecommit-fips.us-gov-west-1.amazonaws.com', 'us-gov-west-1'],
  ['git-codecommit.cn-north-1.amazonaws.com.cn', 'cn-north-1'],
  ['vpce-0a1b-2c3d.git-codecommit.us-east-2.vpce.amazonaws.com', 'us-east-2'],
])('%s is of %s', (host, region) => {
  expect(codeCommitRegion(host)).toBe(region);
});

test.each([
  'git-codecommit.eu-west-1.amazonaws.com.evil.example',
  'evil.git-codecommit.eu-west-1.amazonaws.com',
  'git-codecommit.evil.example.amazonaws.com',
  'git-codecommit.eu-west-1.vpce.amazonaws.com',
  'vpce-0a.git-codecommit.us-east-2.amazonaws.com',
  'git-codecommit.eu-west-1.amazonaws.com:8443',
  'git-codecommitxeu-west-1.amazonaws.com',
  'eu-west-1.amazonaws.com',
  'amazonaws.com',
])('rule 10: %s is none', (host) => {
  expect(codeCommitRegion(host)).toBe(null);
});
