import { expect, test } from 'vitest';
import { listCredentials } from '../../../src/app/keeping/list-credentials.ts';
import { readManifests } from '../../../src/core/manifest/read.ts';
import { gitProviders } from '../../../src/providers/index.ts';

const text = `version: 1
credentials:
  - { name: acme, provider: github, url: 'https://github.com/acme', token: canary-0123456789, expires: 2027-01-31, contact: '@ada' }
  - { name: old, provider: gitlab, token: { env: OLD }, expires: 2026-01-31, registries: [registry.gitlab.com] }
  - { name: off, provider: registry, registry: docker.io/acme, username: me, password: { env: OFF }, status: inactive, expires: never }
repositories: ['https://github.com/acme/rnaseq', 'https://gitlab.com/lab/x']
`;

test('what there is, until when, and who uses it; without secrets', () => {
  const { manifest } = readManifests([{ name: 'm', text, trust: 'trusted' }], gitProviders);
  if (manifest === null) throw new Error('invalid');
  const now = new Date('2026-11-20T00:00:00Z');
  const listed = listCredentials(manifest, { now, environment: null });
  expect(listed).toMatchObject([
    {
      name: 'acme',
      covers: ['https://github.com/acme'],
      status: 'active',
      usedBy: ['https://github.com/acme/rnaseq'],
      contact: '@ada',
    },
    { name: 'old', covers: ['registry.gitlab.com'], status: 'expired', usedBy: [] },
    { name: 'off', covers: ['docker.io/acme'], status: 'inactive', expires: 'never' },
  ]);
  expect(JSON.stringify(listed)).not.toContain('canary');
});
