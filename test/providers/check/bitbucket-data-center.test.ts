import { describe, expect, test } from 'vitest';
import { fakeBitbucketDataCenter } from '../../fakes/hosts/bitbucket-data-center.ts';
import { type HostCase, type HostScene, now, runCase, testCases } from './hosts-table.ts';

const scene: HostScene = {
  credential:
    '{ name: dc, provider: bitbucket-data-center, url: "https://git.example.com/bitbucket", token: SECRET',
  targets: 'https://git.example.com/bitbucket/scm/',
  handler: () =>
    fakeBitbucketDataCenter([
      { secret: 'canary-good' },
      { secret: 'canary-reader', access: 'read' },
      { secret: 'canary-elsewhere', reaches: ['other'] },
      { secret: 'canary-project', kind: 'project' },
    ]),
};
const user = ', username: ada';

const cases: Record<string, HostCase> = {
  fine: {
    secret: 'canary-good',
    more: user,
    credential: { status: 'ok', identity: 'ada', scopes: null },
    found: { status: 'ok' },
  },
  'a token of a project, by Bearer alone': {
    secret: 'canary-project',
    credential: { status: 'ok', identity: 'access-token-user' },
    found: { status: 'ok' },
  },
  'expiring, as only the manifest can say': {
    secret: 'canary-good',
    more: `${user}, expires: 2026-11-30`,
    now,
    credential: { status: 'expiring', expirySource: 'manifest' },
    found: { status: 'ok' },
  },
  'expired, as the manifest says': {
    secret: 'canary-dead',
    more: `${user}, expires: 2026-11-01`,
    now,
    credential: { status: 'expired' },
    found: { status: 'denied' },
  },
  'revoked: answered as to anybody, by no name': {
    secret: 'canary-revoked',
    more: user,
    credential: { status: 'invalid', message: 'the server ignores it' },
    found: { status: 'denied' },
  },
  'wrong right': {
    secret: 'canary-reader',
    more: user,
    access: 'write',
    credential: { status: 'insufficient' },
    found: { status: 'denied', message: 'dc may not push to it ("You do not have permission to push.")' },
  },
  'no access to this repository': {
    secret: 'canary-elsewhere',
    more: user,
    credential: { status: 'ok' },
    found: { status: 'not-found' },
  },
  'a CAPTCHA after failed sign-ins': {
    secret: 'canary-good',
    more: user,
    weather: {
      status: 401,
      headers: {
        'x-authentication-denied-reason': 'CAPTCHA_CHALLENGE; login-url=https://git.example.com/login',
      },
    },
    credential: { status: 'invalid', message: 'the server wants a CAPTCHA after failed sign-ins' },
    found: { status: 'denied' },
  },
  'a clock that is off by an hour': {
    secret: 'canary-good',
    more: `${user}, expires: 2026-11-30`,
    now: '2026-11-20T23:30:00Z',
    clockAheadMs: 3_600_000,
    credential: { daysLeft: 9 },
    found: { status: 'ok' },
  },
};

describe('bitbucket data center', () => {
  testCases(cases, () => scene, 'ACME/rnaseq');

  test('a project token goes to git as Bearer', async () => {
    const { requests } = await runCase(scene, { secret: 'canary-project', target: 'ACME/rnaseq' });
    expect(requests.map(({ bearer, basic }) => [bearer, basic])).toEqual([
      ['canary-project', null],
      ['canary-project', null],
    ]);
  });
});
