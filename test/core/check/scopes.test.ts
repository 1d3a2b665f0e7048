import { describe, expect, test } from 'vitest';
import { neededAbilities } from '../../../src/core/check/ability.ts';
import { missingScopes, type ScopeTable } from '../../../src/core/check/scopes.ts';

const table: ScopeTable = {
  includes: { 'admin:org': ['write:org'], 'write:org': ['read:org'] },
  needs: {
    read: [['repo', 'public_repo']],
    'pull-requests': [['repo'], ['read:org']],
  },
  opaque: ['granular'],
};

describe('missingScopes', () => {
  test.each([
    [['repo', 'admin:org'], ['read', 'pull-requests'], []],
    [['public_repo'], ['read'], []],
    [['public_repo'], ['pull-requests'], ['repo', 'read:org']],
    [[], ['read', 'pull-requests'], ['repo', 'read:org']],
    [[], ['push-images'], []],
    [['granular'], ['read'], []],
    [null, ['read'], []],
  ] as const)('%j for %j lacks %j', (scopes, abilities, missing) => {
    expect(missingScopes(table, scopes, abilities)).toEqual(missing);
  });
});

test('abilities come from use and purposes, each once', () => {
  const need = {
    repositories: [{ access: 'read' }, { access: 'write' }, { access: 'read' }],
    registries: [{ access: 'read' }, { access: 'write' }],
    purposes: ['clone', 'webhooks', 'pull-requests', 'packages', 'push'],
  } as const;
  expect(neededAbilities(need)).toEqual([
    'read',
    'write',
    'pull-images',
    'push-images',
    'webhooks',
    'pull-requests',
  ]);
});
