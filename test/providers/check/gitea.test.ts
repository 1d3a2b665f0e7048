import { describe, expect, test } from 'vitest';
import { fakeGitea } from '../../fakes/hosts/gitea.ts';
import { type HostCase, type HostScene, now, runCase, testCases } from './hosts-table.ts';

const scene: HostScene = {
  credential: '{ name: tea, provider: gitea, url: "https://tea.example.com", token: SECRET',
  targets: 'https://tea.example.com/',
  handler: () =>
    fakeGitea([
      { secret: 'canary-good', scopes: ['read:repository', 'read:user'] },
      { secret: 'canary-narrow', scopes: ['read:repository'] },
      { secret: 'canary-scope', scopes: ['read:user'] },
      { secret: 'canary-elsewhere', scopes: ['read:repository', 'read:user'], reaches: ['other'] },
      { secret: 'canary-password', kind: 'password' },
    ]),
};

const cases: Record<string, HostCase> = {
  fine: {
    secret: 'canary-good',
    credential: {
      status: 'ok',
      identity: 'ada',
      expirySource: 'host',
      expiresAt: null,
      message: 'it works; it does not end',
    },
    found: { status: 'ok' },
  },
  'alive without the scope to say whose it is': {
    secret: 'canary-narrow',
    credential: { status: 'ok', identity: null },
    found: { status: 'ok' },
  },
  'expiring by the manifest, never by the host: told': {
    secret: 'canary-good',
    more: ', expires: 2026-11-30',
    now,
    credential: {
      status: 'ok',
      message: 'it works; it does not end, and not 2026-12-01 00:00 UTC as the manifest says',
      hint: 'Correct `expires` in the manifest.',
    },
    found: { status: 'ok' },
  },
  'expired, as the manifest says': {
    secret: 'canary-good',
    more: ', expires: 2026-11-01',
    now,
    credential: { status: 'expired', message: expect.stringContaining('but its host still takes it') },
    found: { status: 'denied' },
  },
  removed: {
    secret: 'canary-revoked',
    credential: { status: 'invalid', hint: 'It was removed or is mistyped: make a new one.' },
    found: { status: 'denied' },
  },
  'wrong scope': {
    secret: 'canary-scope',
    credential: { status: 'insufficient' },
    found: {
      status: 'denied',
      message: 'the token lacks read:repository',
      hint: 'Make one with read:repository.',
    },
  },
  'wrong scope for pushing': {
    secret: 'canary-good',
    access: 'write',
    credential: { status: 'insufficient' },
    found: { status: 'denied', message: 'the token lacks write:repository' },
  },
  'wrong scope for its purposes': {
    secret: 'canary-scope',
    more: ', purposes: [webhooks]',
    credential: { status: 'insufficient', missing: ['read:repository'] },
    found: { status: 'denied' },
  },
  'no access to this repository': {
    secret: 'canary-elsewhere',
    credential: { status: 'ok' },
    found: { status: 'not-found' },
  },
  'a 403 of another kind proves nothing': {
    secret: 'canary-good',
    weather: { status: 403, body: { message: 'blocked by the firewall' } },
    credential: { status: 'insufficient' },
    found: { status: 'denied' },
  },
  'a clock that is off by an hour': {
    secret: 'canary-good',
    now: '2026-11-20T23:30:00Z',
    clockAheadMs: 3_600_000,
    credential: { status: 'ok' },
    found: { status: 'ok' },
  },
};

describe('gitea', () => {
  testCases(cases, () => scene);

  test('a password signs in by Basic, and says why it may fail', async () => {
    const password: HostScene = {
      ...scene,
      credential:
        '{ name: tea, provider: gitea, url: "https://tea.example.com", username: ada, password: SECRET',
    };
    expect((await runCase(password, { secret: 'canary-password' })).credential).toMatchObject({
      status: 'ok',
      expirySource: 'none',
    });
    expect((await runCase(password, { secret: 'canary-wrong-one' })).credential).toMatchObject({
      status: 'invalid',
      hint: expect.stringContaining('two-factor'),
    });
  });
});
