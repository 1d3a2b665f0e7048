import { describe, expect, test } from 'vitest';
import { fakeGitlab } from '../../fakes/hosts/gitlab.ts';
import { type HostCase, type HostScene, now, runCase, testCases } from './hosts-table.ts';

const reads = ['read_repository'];
const scene: HostScene = {
  credential: '{ name: lab, provider: gitlab, url: "https://gitlab.example.com", token: SECRET',
  targets: 'https://gitlab.example.com/',
  handler: () =>
    fakeGitlab([
      { secret: 'canary-good', scopes: reads, expires: '2027-01-31' },
      { secret: 'canary-soon', scopes: reads, expires: '2026-11-30' },
      { secret: 'canary-endless', scopes: reads },
      { secret: 'canary-strange', scopes: reads, expires: '2026-13-99' },
      { secret: 'canary-expired', state: 'expired' },
      { secret: 'canary-revoked', state: 'revoked' },
      { secret: 'canary-scope', scopes: ['read_user'] },
      { secret: 'canary-elsewhere', scopes: reads, reaches: ['other'] },
      { secret: 'canary-bot', kind: 'bot', scopes: reads, reaches: ['other'] },
      { secret: 'canary-deploy', kind: 'deploy', scopes: reads },
      { secret: 'canary-api', scopes: ['api'], access: 'read' },
      { secret: 'canary-granular', scopes: ['granular', 'read_repository'] },
    ]),
};

const cases: Record<string, HostCase> = {
  fine: {
    secret: 'canary-good',
    now,
    credential: {
      status: 'ok',
      // It ends as that day begins.
      expiresAt: new Date('2027-01-31T00:00:00Z'),
      expirySource: 'host',
      daysLeft: 71,
      scopes: ['read_repository'],
      identity: 'ci of the lab',
    },
    found: { status: 'ok', revision: { name: 'main' } },
  },
  expiring: {
    secret: 'canary-soon',
    now,
    credential: { status: 'expiring', message: 'it ends in 9 days (2026-11-30 00:00 UTC)' },
    found: { status: 'ok' },
  },
  'without an end': {
    secret: 'canary-endless',
    now,
    credential: { status: 'ok', expirySource: 'host', expiresAt: null },
    found: { status: 'ok' },
  },
  'with an end on a day that there is not': {
    secret: 'canary-strange',
    credential: { status: 'ok', expirySource: 'none', expiresAt: null },
    found: { status: 'ok' },
  },
  expired: {
    secret: 'canary-expired',
    credential: {
      status: 'expired',
      hint: 'Make a new one at https://gitlab.example.com/-/user_settings/personal_access_tokens and replace the secret.',
    },
    found: { status: 'denied', message: 'not tried, since lab does not work: it has expired' },
  },
  revoked: {
    secret: 'canary-revoked',
    credential: { status: 'invalid', message: 'it was revoked' },
    found: { status: 'denied' },
  },
  'not known': {
    secret: 'canary-mistyped',
    credential: { status: 'invalid', message: 'GitLab does not know it' },
    found: { status: 'denied' },
  },
  'wrong scope': {
    secret: 'canary-scope',
    credential: { status: 'insufficient', missing: ['read_repository'] },
    found: { status: 'denied', message: 'lab may not read it ("Forbidden")' },
  },
  'wrong scope for pushing': {
    secret: 'canary-good',
    access: 'write',
    credential: { status: 'insufficient', missing: ['write_repository'] },
    found: { status: 'denied', message: 'lab may not push to it ("Forbidden")' },
  },
  'no access, of a person': {
    secret: 'canary-elsewhere',
    credential: { status: 'ok' },
    found: { status: 'not-found' },
  },
  'no access, of a bot, whose 401 does not mean a dead token': {
    secret: 'canary-bot',
    credential: { status: 'insufficient', missing: [] },
    found: {
      status: 'denied',
      message: 'the token is valid, but may not see this project, or there is none',
    },
  },
  'a deploy token, proved by its target': {
    secret: 'canary-deploy',
    more: ', username: gitlab+deploy-token-1',
    credential: { status: 'ok', scopes: null },
    found: { status: 'ok' },
  },
  'an older deploy token, by its user name alone': {
    secret: 'canary-deploy',
    more: ', username: puller',
    credential: { status: 'ok' },
    found: { status: 'ok' },
  },
  'a role that is too low for its purposes': {
    secret: 'canary-api',
    more: ', purposes: [clone, webhooks, pull-requests]',
    credential: { status: 'insufficient', missing: ['role Maintainer', 'role Developer'] },
    found: { status: 'ok' },
  },
  'scopes that say nothing': {
    secret: 'canary-granular',
    more: ', purposes: [webhooks]',
    credential: { status: 'ok', missing: [] },
    found: { status: 'ok' },
  },
  'a clock that is off by an hour': {
    secret: 'canary-soon',
    // An hour before midnight here, midnight there: a day less.
    now: '2026-11-20T23:30:00Z',
    clockAheadMs: 3_600_000,
    credential: { status: 'expiring', daysLeft: 8 },
    found: { status: 'ok' },
  },
};

describe('gitlab', () => {
  testCases(cases, () => scene);

  test('asks once for the token and once for the target', async () => {
    const { asked } = await runCase(scene, { secret: 'canary-good' });
    expect(asked).toEqual([
      'GET gitlab.example.com/api/v4/personal_access_tokens/self',
      'GET gitlab.example.com/acme/rnaseq.git/info/refs',
    ]);
  });

  test('below a relative root the API says where the server is', async () => {
    const below: HostScene = {
      ...scene,
      credential: `${scene.credential}, api-url: "https://gitlab.example.com/gitlab/api/v4"`,
      targets: 'https://gitlab.example.com/gitlab/',
      handler: () => () => ({ status: 401, body: {} }),
    };
    const { asked } = await runCase(below, { secret: 'canary-good' });
    expect(asked).toEqual(['GET gitlab.example.com/gitlab/api/v4/personal_access_tokens/self']);
  });
});
