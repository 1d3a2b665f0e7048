import { expect, test } from 'vitest';
import { Secret } from '../../../src/core/secret.ts';
import type { GitPrefix, Grant } from '../../../src/core/session/grant.ts';
import { grantFor } from '../../../src/core/session/grant-for.ts';
import { credentials, location, registry, repository } from '../selection/samples.ts';

const [acme, other] = credentials({ name: 'acme-app' }, { name: 'other' });

function grant(id: string, more: Partial<Grant>): Grant {
  const login = { username: id, password: new Secret(`canary-${id}`) };
  return { credential: 'acme-app', login, git: [], registries: [], access: 'read', expiresAt: null, ...more };
}

function prefix(url: string, kind: GitPrefix['kind']): GitPrefix {
  return { location: location(url), kind, bare: false };
}

const grants = [
  grant('all', { git: [prefix('https://github.com/acme', 'namespace')] }),
  grant('writer', { git: [prefix('https://github.com/acme/rnaseq', 'repository')], access: 'both' }),
  grant('foreign', { git: [prefix('https://github.com/acme/rnaseq', 'repository')], credential: 'other' }),
  grant('packages', { registries: [{ host: 'ghcr.io', segments: ['acme'] }] }),
];

const rows = [
  ['the namespace', repository('https://github.com/acme/variants'), acme, 'all'],
  ['the longest prefix, in any case', repository('https://github.com/Acme/RNAseq'), acme, 'writer'],
  ['rights to write', repository('https://github.com/acme/rnaseq', { access: 'write' }), acme, 'writer'],
  [
    'nothing without those',
    repository('https://github.com/acme/variants', { access: 'write' }),
    acme,
    undefined,
  ],
  ['its own credential only', repository('https://github.com/acme/rnaseq'), other, 'foreign'],
  ['whole segments', repository('https://github.com/acme-evil/rnaseq'), acme, undefined],
  ['a registry', registry('ghcr.io/acme/tools'), acme, 'packages'],
  ['nobody where nobody was selected', repository('https://github.com/acme/rnaseq'), null, undefined],
] as const;

test.each(rows)('serves a target by %s', (_what, target, credential, expected) => {
  const selection = { target, credential: credential ?? null, reason: '', problem: null };
  const granted = grantFor(selection, grants);
  expect(granted !== null && 'login' in granted ? granted.login.username : undefined).toBe(expected);
});
