import { describe, expect, test } from 'vitest';
import { alive, dead, type HostAnswer, unknown, unreached } from '../../../src/core/check/answer.ts';
import { type CredentialFacts, judge, notAsked } from '../../../src/core/check/judge.ts';
import type { CredentialResult } from '../../../src/core/check/result.ts';
import { credentialOf, targetResult } from './samples.ts';

const day = 86_400_000;
const now = new Date('2026-11-20T12:00:00Z');
const scopes = {
  includes: { repo: ['public_repo'] },
  needs: { read: [['repo', 'public_repo']], webhooks: [['admin:repo_hook']] },
};

function facts(changes: Partial<CredentialFacts> = {}): CredentialFacts {
  return {
    credential: credentialOf(),
    answer: alive(),
    targets: [targetResult()],
    serves: 'targets',
    scopes,
    page: 'https://github.com/settings/tokens',
    now,
    warnWithin: 14 * day,
    ...changes,
  };
}

const date = (text: string) => new Date(text);
const denied = targetResult({ status: 'denied', proof: 'none' });
const make = 'Make a new one at https://github.com/settings/tokens and replace the secret.';

/** Each: what was found out, and status, message and hint that come of it. */
const cases: Record<string, [Partial<CredentialFacts>, ...(string | RegExp)[]]> = {
  'lives, end unknown': [{}, 'ok', 'it works; when it ends is not known', ''],
  'lives for ever': [{ answer: alive({ expiresAt: 'never' }) }, 'ok', 'it works; it does not end', ''],
  'ends far away': [
    { answer: alive({ expiresAt: date('2027-02-01T00:00:00Z') }) },
    'ok',
    'it works; it ends in 72 days (2027-02-01 00:00 UTC)',
    '',
  ],
  'ends soon': [
    { answer: alive({ expiresAt: date('2026-11-23T14:30:00Z') }) },
    'expiring',
    'it ends in 3 days (2026-11-23 14:30 UTC)',
    make,
  ],
  'ends soon by the manifest, nobody asked': [
    {
      credential: credentialOf({ expires: date('2026-11-21T00:00:00Z') }),
      answer: unknown('no call', 'No.'),
    },
    'expiring',
    'it ends in less than a day (2026-11-21 00:00 UTC)',
    make,
  ],
  'refused as expired': [{ answer: dead('x', 'y', true) }, 'expired', 'it has expired', make],
  'refused, and past its declared end': [
    { answer: dead('x', 'y'), credential: credentialOf({ expires: date('2026-11-01T00:00:00Z') }) },
    'expired',
    'it expired on 2026-11-01 00:00 UTC',
    make,
  ],
  refused: [
    { answer: dead('its host does not know it', 'Look.') },
    'invalid',
    'its host does not know it',
    'Look.',
  ],
  'no answer': [{ answer: unreached('no route', 'Route.') }, 'unreachable', 'no route', 'Route.'],
  'cannot be known': [
    { answer: unknown('nobody can ask', 'Add a target.'), targets: [] },
    'unknown',
    'nobody can ask',
    'Add a target.',
  ],
  'cannot be asked, but a target proves it': [
    { answer: unknown('nobody can ask', 'Add a target.') },
    'ok',
    'it works; when it ends is not known',
    '',
  ],
  'cannot be asked, and a target that anybody can read proves nothing': [
    { answer: unknown('nobody can ask', 'Add a target.'), targets: [targetResult({ proof: 'access' })] },
    'unknown',
    'nobody can ask',
    'Add a target.',
  ],
  'past its declared end, but alive': [
    { credential: credentialOf({ expires: date('2026-11-01T00:00:00Z') }) },
    'expired',
    'the manifest says that it ended on 2026-11-01 00:00 UTC, so nothing uses it, but its host still takes it',
    'Correct `expires` in the manifest.',
  ],
  'host and manifest disagree': [
    {
      credential: credentialOf({ expires: date('2027-01-31T00:00:00Z') }),
      answer: alive({ expiresAt: date('2027-06-30T00:00:00Z') }),
    },
    'ok',
    'it works; it ends in 221 days (2027-06-30 00:00 UTC), and not 2027-01-31 00:00 UTC as the manifest says',
    'Correct `expires` in the manifest.',
  ],
  'host and manifest agree but for the hour': [
    {
      credential: credentialOf({ expires: date('2027-07-01T00:00:00Z') }),
      answer: alive({ expiresAt: date('2027-06-30T09:00:00Z') }),
    },
    'ok',
    'it works; it ends in 221 days (2027-06-30 09:00 UTC)',
    '',
  ],
  'lives, but its targets refuse it': [
    { targets: [denied, targetResult()] },
    'insufficient',
    '1 of its 2 targets refused it',
    'See what the targets say.',
  ],
  'lives, but has no scope for what refused it': [
    { targets: [denied], answer: alive({ scopes: ['user'], expiresAt: date('2026-11-22T12:00:00Z') }) },
    'insufficient',
    'it lacks repo; its target refused it; it ends in 2 days (2026-11-22 12:00 UTC)',
    'Add repo at https://github.com/settings/tokens.',
  ],
  'has too few scopes for its purpose': [
    { credential: credentialOf({ purposes: ['webhooks'] }), answer: alive({ scopes: ['repo'] }) },
    'insufficient',
    'it lacks admin:repo_hook',
    'Add admin:repo_hook at https://github.com/settings/tokens.',
  ],
  'has no scope, and needs none for a public repository': [
    { answer: alive({ scopes: [] }) },
    'ok',
    'it works; when it ends is not known',
    '',
  ],
  'has no scope, and is for everything': [
    { answer: alive({ scopes: [] }), targets: [], serves: 'all' },
    'insufficient',
    'it lacks repo',
    'Add repo at https://github.com/settings/tokens.',
  ],
  'the host itself says what lacks': [
    { answer: alive({ missing: ['webhooks=read'] }), page: '' },
    'insufficient',
    'it lacks webhooks=read',
    'Add webhooks=read.',
  ],
};

describe('judge', () => {
  test.each(Object.keys(cases))('%s', (name) => {
    const [given, status, message, hint] = cases[name] as [Partial<CredentialFacts>, string, string, string];
    expect(judge(facts(given))).toMatchObject({ status, message, hint });
  });

  test('counts days by the host, and says who told the end', () => {
    const answer: HostAnswer = alive({
      expiresAt: date('2026-12-20T11:59:00Z'),
      scopes: ['repo'],
      identity: 'ada',
    });
    expect(judge(facts({ answer }))).toEqual({
      name: 'acme',
      provider: 'github',
      kind: 'token',
      status: 'ok',
      expiresAt: date('2026-12-20T11:59:00Z'),
      expirySource: 'host',
      daysLeft: 29,
      scopes: ['repo'],
      missing: [],
      identity: 'ada',
      usedBy: ['https://github.com/acme/rnaseq'],
      message: 'it works; it ends in 29 days (2026-12-20 11:59 UTC)',
      hint: '',
      contact: null,
      place: { path: 'credentials[0]', source: null, line: 3, column: 5 },
    } satisfies CredentialResult);
  });

  test('one that was not asked keeps what the manifest says of its end', () => {
    const credential = credentialOf({ active: false, expires: date('2026-12-01T00:00:00Z') });
    expect(notAsked(credential, { status: 'inactive', message: 'off', hint: '' }, now)).toMatchObject({
      status: 'inactive',
      expiresAt: date('2026-12-01T00:00:00Z'),
      expirySource: 'manifest',
      daysLeft: 10,
    });
  });
});
