import { describe, expect, test } from 'vitest';
import { compileCatalog } from '../../../src/core/selection/catalog.ts';
import { explain } from '../../../src/core/selection/explain.ts';
import type { Target } from '../../../src/core/target/target.ts';
import { gitProviders } from '../../../src/providers/index.ts';
import { app, credentials, registry, repository, type Sample, today } from './samples.ts';

function explained(samples: readonly Sample[], target: Target, environment: string | null = null) {
  return explain(compileCatalog(credentials(...samples), gitProviders), target, { ...today, environment });
}

const base = 'https://github.com/acme';
const target = repository(`${base}/rnaseq`);

test('every credential has its verdict', () => {
  const { candidates, credential, omitted } = explained(
    [
      { name: 'everywhere' },
      { name: 'winner', url: base, access: 'read', isDefault: true, expires: 'never' },
      { name: 'equal', url: base, access: 'read', isDefault: true, expires: 'never' },
      { name: 'brief', url: base, access: 'read', isDefault: true },
      { name: 'plain', url: base, access: 'read' },
      { name: 'broad', url: base },
      { name: 'old', url: base, expires: new Date('2026-01-31') },
      { name: 'names', url: base, signIn: app(['other']) },
      { name: 'off', url: base, active: false },
      { name: 'prod', url: base, environments: ['prod'] },
      { name: 'path', url: 'https://github.com/acme-evil' },
      { name: 'server', url: 'https://github.example.com/acme' },
      { name: 'lab', provider: 'gitlab' },
      { name: 'hub', provider: 'registry', registries: ['docker.io'] },
    ],
    target,
  );
  expect([credential?.name, omitted]).toEqual(['winner', 0]);
  expect(Object.fromEntries(candidates.map(({ name, verdict }) => [name, verdict]))).toEqual({
    winner: 'selected',
    equal: 'later-in-manifest',
    brief: 'shorter-lived',
    plain: 'not-default',
    broad: 'broader-than-needed',
    old: 'expired',
    names: 'other-path',
    everywhere: 'less-specific',
    off: 'inactive',
    prod: 'other-environment',
    path: 'other-path',
    server: 'other-host',
    lab: 'other-provider',
    hub: 'other-provider',
  });
  expect(candidates.find(({ name }) => name === 'names')?.reason).toContain('`repositories`');
});

test('reasons are sentences for people', () => {
  const { candidates } = explained(
    [
      { name: 'acme', url: base },
      { name: 'old', url: base, expires: new Date('2026-01-31') },
      { name: 'all' },
    ],
    target,
  );
  expect(candidates).toEqual([
    {
      name: 'acme',
      verdict: 'selected',
      reason: 'https://github.com/acme is the longest that covers the target',
    },
    { name: 'old', verdict: 'expired', reason: 'it ended at 2026-01-31T00:00Z' },
    { name: 'all', verdict: 'less-specific', reason: 'another one is for a longer part of the address' },
  ]);
});

describe('where nobody serves', () => {
  test('each says why', () => {
    const { candidates, credential } = explained(
      [
        { name: 'all' },
        { name: 'reader', url: base, access: 'read' },
        { name: 'old', url: base, expires: new Date('2026-01-31') },
      ],
      { ...target, access: 'write' },
    );
    expect(credential).toBeNull();
    expect(candidates.map(({ name, verdict }) => `${name} ${verdict}`)).toEqual([
      'reader read-only',
      'old expired',
      'all less-specific',
    ]);
  });

  test('an unknown host is another host to everybody', () => {
    const unknown = repository('https://elsewhere.example/a/b', { provider: null });
    expect(
      explained([{ name: 'all' }, { name: 'acme', url: base }], unknown).candidates.map(
        ({ verdict }) => verdict,
      ),
    ).toEqual(['other-host', 'other-host']);
  });
});

describe('a pin', () => {
  const samples: Sample[] = [
    { name: 'all' },
    { name: 'acme', url: base },
    { name: 'old', expires: new Date('2026-01-31') },
  ];

  test('is a verdict of its own', () => {
    expect(
      explained(samples, { ...target, pinned: 'all' }).candidates.map(
        ({ name, verdict }) => `${name} ${verdict}`,
      ),
    ).toEqual(['all pinned', 'acme not-pinned', 'old not-pinned']);
  });

  test('that is refused says why', () => {
    const { candidates, problem } = explained(samples, { ...target, pinned: 'old' });
    expect(problem?.message).toContain('it ended at 2026-01-31T00:00Z');
    expect(candidates.find(({ name }) => name === 'old')?.verdict).toBe('expired');
  });
});

test('registries', () => {
  const { candidates } = explained(
    [
      { name: 'hub', provider: 'registry', registries: ['docker.io'] },
      { name: 'acme', provider: 'registry', registries: ['docker.io/acme'] },
      { name: 'evil', provider: 'registry', registries: ['docker.io/acme-evil'] },
      { name: 'ghcr', registries: ['ghcr.io'] },
      { name: 'git' },
    ],
    registry('docker.io/acme/tool'),
  );
  expect(candidates.map(({ name, verdict }) => `${name} ${verdict}`)).toEqual([
    'acme selected',
    'hub less-specific',
    'evil other-path',
    'ghcr other-host',
    'git other-provider',
  ]);
});

test('at most twenty are shown, the nearest first', () => {
  const strangers = Array.from(
    { length: 30 },
    (_, at): Sample => ({ name: `lab-${at}`, provider: 'gitlab', url: `https://gitlab.com/${at}` }),
  );
  const neighbours = Array.from(
    { length: 5 },
    (_, at): Sample => ({ name: `near-${at}`, url: `https://github.com/${at}` }),
  );
  const { candidates, omitted } = explained(
    [...strangers, ...neighbours, { name: 'acme', url: base }],
    target,
  );
  expect([candidates.length, omitted]).toEqual([20, 16]);
  expect(candidates.slice(0, 7).map(({ name }) => name)).toEqual([
    'acme',
    'near-0',
    'near-1',
    'near-2',
    'near-3',
    'near-4',
    'lab-0',
  ]);
});
