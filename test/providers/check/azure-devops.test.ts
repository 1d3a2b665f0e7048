import { describe, expect, test } from 'vitest';
import { fakeAzureDevops } from '../../fakes/hosts/azure-devops.ts';
import { type HostCase, type HostScene, now, runCase, testCases } from './hosts-table.ts';

/** An Entra token as its form goes; nobody signed it. */
const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const entra = (exp: string) => `${part({ alg: 'none' })}.${part({ exp: Date.parse(exp) / 1000 })}.canary`;
const [lasting, ending] = [entra('2026-12-31T00:00:00Z'), entra('2026-11-20T13:00:00Z')];

const scene: HostScene = {
  credential: '{ name: ado, provider: azure-devops, token: SECRET',
  targets: 'https://dev.azure.com/',
  handler: () =>
    fakeAzureDevops([
      { secret: 'canary-good' },
      { secret: 'canary-reader', access: 'read' },
      { secret: 'canary-elsewhere', reaches: ['acme/other'] },
      { secret: 'canary-nobody', kind: 'nobody' },
      { secret: lasting },
      { secret: ending },
    ]),
};

const cases: Record<string, HostCase> = {
  fine: {
    secret: 'canary-good',
    credential: { status: 'ok', identity: 'Ada', expirySource: 'none' },
    found: { status: 'ok' },
  },
  'expiring, as only the manifest can say of a personal token': {
    secret: 'canary-good',
    more: ', expires: 2026-11-30',
    now,
    credential: {
      status: 'expiring',
      expirySource: 'manifest',
      hint: 'Make a new one at https://dev.azure.com and replace the secret.',
    },
    found: { status: 'ok' },
  },
  'an Entra token tells its end itself': {
    secret: ending,
    now,
    credential: {
      status: 'expiring',
      expirySource: 'host',
      expiresAt: new Date('2026-11-20T13:00:00Z'),
      daysLeft: 0,
    },
    found: { status: 'ok' },
  },
  'an Entra token that lasts': {
    secret: lasting,
    now,
    credential: { status: 'ok', daysLeft: 40 },
    found: { status: 'ok' },
  },
  'expired, as the manifest says': {
    secret: 'canary-dead',
    more: ', expires: 2026-11-01',
    now,
    credential: { status: 'expired' },
    found: { status: 'denied', message: 'dev.azure.com shows a login page instead of the repository' },
  },
  'expired or revoked': {
    secret: 'canary-revoked',
    credential: { status: 'invalid', message: 'Azure DevOps does not accept it' },
    found: { status: 'denied' },
  },
  'taken for nobody': {
    secret: 'canary-nobody',
    credential: { status: 'invalid', message: 'Azure DevOps treats it as anonymous' },
    found: { status: 'denied' },
  },
  'wrong scope': {
    secret: 'canary-reader',
    access: 'write',
    credential: { status: 'insufficient' },
    found: { status: 'denied', message: expect.stringContaining('TF401027') },
  },
  'no access to this repository': {
    secret: 'canary-elsewhere',
    credential: { status: 'ok' },
    found: { status: 'not-found' },
  },
  'sent to the login page': {
    secret: 'canary-good',
    weather: {
      status: 302,
      headers: { location: 'https://spsprodweu1.vssps.visualstudio.com/_signin?realm=dev.azure.com' },
    },
    credential: { status: 'invalid', message: 'dev.azure.com shows a login page instead of an answer' },
    found: { status: 'denied' },
  },
  'a clock that is off by an hour': {
    secret: ending,
    now: '2026-11-20T12:30:00Z',
    clockAheadMs: 3_600_000,
    credential: { daysLeft: -1 },
    found: { status: 'ok' },
  },
};

describe('azure devops', () => {
  testCases(cases, () => scene, 'acme/tools/_git/rnaseq');

  test.each([
    [
      'the organization of the base URL',
      ', organization: other',
      'GET dev.azure.com/other/_apis/connectionData',
    ],
    ['the organization of its target', '', 'GET dev.azure.com/acme/_apis/connectionData'],
  ])('is asked at %s', async (_what, more, first) => {
    const { asked } = await runCase(scene, { secret: 'canary-good', more, target: 'acme/tools/_git/rnaseq' });
    expect(asked[0]).toBe(first);
  });

  test('a personal token goes as Basic without a user, an Entra token as Bearer', async () => {
    const target = 'acme/tools/_git/rnaseq';
    const personal = await runCase(scene, { secret: 'canary-good', target });
    expect(personal.requests[0]?.basic).toEqual(['', 'canary-good']);
    const bearer = await runCase(scene, { secret: lasting, target });
    expect(bearer.requests[0]?.bearer).toBe(lasting);
  });
});
