import { expect, test } from 'vitest';
import { grantOf, type MintedToken } from '../../../src/core/app-tokens/minted-token.ts';
import { planMints } from '../../../src/core/app-tokens/plan-mints.ts';
import { locationUrl } from '../../../src/core/location.ts';
import { Secret } from '../../../src/core/secret.ts';
import { appUse } from './make-use.ts';

const gh = 'https://github.com';
const expiresAt = new Date('2027-01-01T01:00:00Z');

/** The tokens for these targets, as a host would answer that spells `Acme` and `RNAseq` so. */
function minted(options: Parameters<typeof appUse>[0]): readonly MintedToken[] {
  return planMints([appUse(options)]).plans.map((plan) => ({
    plan,
    token: new Secret('canary-token'),
    expiresAt,
    mintedAt: new Date('2027-01-01T00:00:00Z'),
    account: 'Acme',
    repositories: plan.repositories === 'all' ? 'all' : ['RNAseq'],
    permissions: plan.permissions,
    appSlug: null,
    installationId: 1,
    api: 'https://api.github.com',
  }));
}

function grants(options: Parameters<typeof appUse>[0]) {
  return minted(options).map(grantOf);
}

test('a limited token serves its repositories, as the target and as the host spell them', () => {
  const [grant] = grants({ targets: [`${gh}/acme/rnaseq`] });
  expect(grant).toMatchObject({ credential: 'acme-app', access: 'read', expiresAt, registries: [] });
  expect(grant?.login.username).toBe('x-access-token');
  expect(grant?.login.password.reveal()).toBe('canary-token');
  expect(grant?.git).toEqual(
    [`${gh}/acme/rnaseq`, `${gh}/Acme/RNAseq`].map((url) => ({
      kind: 'repository',
      bare: true,
      location: { scheme: 'https', host: 'github.com', segments: url.split('/').slice(3) },
    })),
  );
});

test('a spelling that is the same comes once', () => {
  expect(grants({ targets: [`${gh}/Acme/RNAseq`] })[0]?.git).toHaveLength(1);
});

test('a token for all serves the namespace', () => {
  const [grant] = grants({ repositories: 'all', targets: [`${gh}/acme/*`] });
  expect(grant?.git.map(({ location, kind }) => `${kind} ${locationUrl(location)}`)).toEqual([
    `namespace ${gh}/acme`,
    `namespace ${gh}/Acme`,
  ]);
});

test.each([
  [{ targets: [`${gh}/acme/a`] }, 'read'],
  [{ targets: [`${gh}/acme/a write`] }, 'both'],
  [{ repositories: 'all' as const, targets: [], images: ['ghcr.io/acme'] }, 'read'],
  [{ repositories: 'all' as const, targets: [], images: ['ghcr.io/acme write'] }, 'both'],
])('%j gives access %s', (options, access) => {
  expect(grants(options).map((grant) => grant.access)).toEqual([access]);
});

test('a token for packages serves registries and no git', () => {
  const [grant] = grants({ repositories: 'all', targets: [], images: ['ghcr.io/acme'] });
  expect(grant).toMatchObject({ git: [], registries: [{ host: 'ghcr.io', segments: ['acme'] }] });
});
