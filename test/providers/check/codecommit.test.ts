import { describe, expect, test } from 'vitest';
import { fakeAws } from '../../fakes/hosts/aws.ts';
import { type HostCase, type HostScene, runCase, testCases } from './hosts-table.ts';

const host = 'https://git-codecommit.eu-west-1.amazonaws.com/v1/repos/';
const scene = (id: string): HostScene => ({
  credential: `{ name: cc, provider: codecommit, access-key-id: ${id}, secret-access-key: SECRET`,
  targets: host,
  handler: (ahead) =>
    fakeAws(
      [
        { accessKeyId: 'AKIAGOOD' },
        { accessKeyId: 'AKIAREADER', access: 'read' },
        { accessKeyId: 'AKIAELSEWHERE', reaches: ['other'] },
        { accessKeyId: 'ASIAEXPIRED', state: 'expired' },
        { accessKeyId: 'AKIAREVOKED', state: 'revoked' },
        { accessKeyId: 'AKIAWRONG', state: 'wrong-secret' },
      ],
      ahead,
    ),
});

const secret = 'canary-secret-key';
const cases: Record<string, HostCase & { id: string }> = {
  fine: {
    id: 'AKIAGOOD',
    secret,
    credential: { status: 'ok', identity: 'arn:aws:iam: :123456789012:user/ci', expirySource: 'none' },
    found: { status: 'ok' },
  },
  'expiring, as only the manifest can say': {
    id: 'AKIAGOOD',
    secret,
    more: `, expires: ${new Date(Date.now() + 5 * 86_400_000).toISOString().slice(0, 10)}`,
    credential: { status: 'expiring' },
    found: { status: 'ok' },
  },
  'an expired session': {
    id: 'ASIAEXPIRED',
    secret,
    more: ', session-token: canary-session',
    credential: { status: 'expired' },
    found: { status: 'denied' },
  },
  'a deleted key': {
    id: 'AKIAREVOKED',
    secret,
    credential: { status: 'invalid', message: 'AWS does not know the access key' },
    found: { status: 'denied' },
  },
  'a temporary key without its session': {
    id: 'ASIAMISSING',
    secret,
    credential: {
      status: 'invalid',
      message: 'the key is a temporary one and came without its session token',
    },
    found: { status: 'denied' },
  },
  'a wrong secret': {
    id: 'AKIAWRONG',
    secret,
    credential: { status: 'invalid', message: 'the signature does not match' },
    found: { status: 'denied' },
  },
  'wrong right': {
    id: 'AKIAREADER',
    secret,
    access: 'write',
    credential: { status: 'insufficient' },
    found: { status: 'denied', hint: expect.stringContaining('codecommit:GitPush') },
  },
  'no access to this repository': {
    id: 'AKIAELSEWHERE',
    secret,
    credential: { status: 'insufficient' },
    found: { status: 'denied', message: 'CodeCommit refused it (AccessDeniedException)' },
  },
  'a clock that is off by an hour': {
    id: 'AKIAGOOD',
    secret,
    clockAheadMs: 3_600_000,
    credential: { status: 'insufficient', identity: 'arn:aws:iam: :123456789012:user/ci' },
    found: { status: 'denied', hint: expect.stringContaining("Set this machine's clock") },
  },
};

describe('codecommit', () => {
  testCases(cases, ({ id }) => scene(id), 'rnaseq');

  test('is asked at the STS of its region', async () => {
    const { asked } = await runCase(scene('AKIAGOOD'), { secret, target: 'rnaseq' });
    expect(asked).toEqual([
      'POST sts.eu-west-1.amazonaws.com/',
      'GET git-codecommit.eu-west-1.amazonaws.com/v1/repos/rnaseq/info/refs',
    ]);
  });
});
