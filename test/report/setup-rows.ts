import type { SelectionRow } from '../../src/core/session/served-rows.ts';

/** What a setup might have done: an App with two targets, a credential of each kind of end, and one for nobody. */
export const rows: readonly SelectionRow[] = [
  {
    target: 'https://github.com/acme/rnaseq',
    credential: 'acme-app',
    expiresAt: new Date('2026-11-20T12:30:00Z'),
    reason: 'its base URL',
  },
  {
    target: 'https://github.com/acme/variants',
    credential: 'acme-app',
    expiresAt: new Date('2026-11-20T12:29:59Z'),
    reason: 'its base URL',
  },
  { target: 'docker.io', credential: 'hub', expiresAt: null, reason: 'its base URL' },
  { target: 'quay.io', credential: 'robot', expiresAt: 'never', reason: 'its base URL' },
  { target: 'https://github.com/nf-core/tools', credential: null, expiresAt: null, reason: 'its base URL' },
];
