import { describe, expect, test } from 'vitest';
import { fakeBitbucket } from '../../fakes/hosts/bitbucket.ts';
import { type HostCase, type HostScene, now, runCase, testCases } from './hosts-table.ts';

const email = 'ada@example.com';
const read = 'read:repository:bitbucket';
const scene: HostScene = {
  credential: '{ name: bb, provider: bitbucket, token: SECRET',
  targets: 'https://bitbucket.org/',
  handler: () =>
    fakeBitbucket(email, [
      { secret: 'ATATT-canary-good', scopes: [read, 'read:user:bitbucket'] },
      { secret: 'ATATT-canary-narrow', scopes: [read] },
      { secret: 'ATATT-canary-scope', scopes: ['read:user:bitbucket'] },
      { secret: 'ATATT-canary-other', scopes: ['read:webhook:bitbucket'] },
      { secret: 'ATATT-canary-elsewhere', scopes: [read, 'read:user:bitbucket'], reaches: ['other'] },
      { secret: 'ATATT-canary-dead', state: 'revoked' },
      { secret: 'ATCTT-canary-access', kind: 'access', scopes: ['repository', 'webhook'] },
      {
        secret: 'ATCTT-canary-pull',
        kind: 'access',
        scopes: ['pullrequest', 'repository:write', 'repository'],
      },
    ]),
};
const person = ', email: ada@example.com';

const cases: Record<string, HostCase> = {
  fine: {
    secret: 'ATATT-canary-good',
    more: person,
    credential: { status: 'ok', identity: 'ada', scopes: null, expirySource: 'none' },
    found: { status: 'ok' },
  },
  'expiring, as only the manifest can say': {
    secret: 'ATATT-canary-good',
    more: `${person}, expires: 2026-11-30`,
    now,
    credential: { status: 'expiring', expirySource: 'manifest', expiresAt: new Date('2026-12-01T00:00:00Z') },
    found: { status: 'ok' },
  },
  'expired, as the manifest says': {
    secret: 'ATATT-canary-dead',
    more: `${person}, expires: 2026-11-01`,
    now,
    credential: { status: 'expired', message: 'it expired on 2026-11-02 00:00 UTC' },
    found: { status: 'denied', credential: null },
  },
  'revoked, or expired, or made without scopes': {
    secret: 'ATATT-canary-dead',
    more: person,
    credential: { status: 'invalid', hint: expect.stringContaining('made without scopes') },
    found: { status: 'denied' },
  },
  'of another account than its e-mail': {
    secret: 'ATATT-canary-good',
    more: ', email: eve@example.com',
    credential: { status: 'invalid' },
    found: { status: 'denied' },
  },
  'alive without the scope to say whose it is': {
    secret: 'ATATT-canary-narrow',
    more: person,
    credential: { status: 'ok', identity: null, scopes: [read] },
    found: { status: 'ok' },
  },
  'wrong scope': {
    secret: 'ATATT-canary-other',
    more: person,
    credential: { status: 'insufficient', missing: [read], scopes: ['read:webhook:bitbucket'] },
    found: { status: 'denied' },
  },
  'wrong scope, that only git tells': {
    secret: 'ATATT-canary-scope',
    more: person,
    credential: { status: 'insufficient' },
    found: { status: 'denied', message: 'bb may not read it ("Forbidden")' },
  },
  'no access to this repository': {
    secret: 'ATATT-canary-elsewhere',
    more: person,
    credential: { status: 'ok' },
    found: { status: 'not-found' },
  },
  'an access token, which is nobody': {
    secret: 'ATCTT-canary-access',
    credential: { status: 'ok', identity: null },
    found: { status: 'ok' },
  },
  'an access token and what its purposes lack, with what it has': {
    secret: 'ATCTT-canary-access',
    more: ', purposes: [webhooks, pull-requests]',
    credential: {
      status: 'insufficient',
      scopes: ['repository', 'webhook'],
      missing: ['pullrequest:write', 'pullrequest'],
    },
    found: { status: 'ok' },
  },
  'a revoked access token': {
    secret: 'ATCTT-canary-revoked',
    credential: { status: 'invalid', hint: expect.stringContaining('revoked') },
    found: { status: 'denied' },
  },
  'an API token without e-mail, proved by its target': {
    secret: 'ATATT-canary-good',
    credential: { status: 'ok' },
    found: { status: 'ok' },
  },
  'a clock that is off by an hour': {
    secret: 'ATATT-canary-good',
    more: `${person}, expires: 2026-11-30`,
    now: '2026-11-20T23:30:00Z',
    clockAheadMs: 3_600_000,
    credential: { status: 'expiring', daysLeft: 9 },
    found: { status: 'ok' },
  },
};

describe('bitbucket', () => {
  testCases(cases, () => scene);

  test('an app password is told to be gone, and is not sent', async () => {
    const old: HostScene = {
      ...scene,
      credential: '{ name: bb, provider: bitbucket, username: ada, password: SECRET',
    };
    const { credential, asked } = await runCase(old, { secret: 'canary-app-password' });
    expect(credential).toMatchObject({
      status: 'invalid',
      message: 'Bitbucket removed app passwords on 28 July 2026',
    });
    expect(asked).toEqual([]);
  });

  test('signs in to the API by e-mail, to git by the fixed user name', async () => {
    const { requests } = await runCase(scene, { secret: 'ATATT-canary-good', more: person });
    expect(requests.map(({ basic }) => basic?.[0])).toEqual([email, 'x-bitbucket-api-token-auth']);
  });
});
