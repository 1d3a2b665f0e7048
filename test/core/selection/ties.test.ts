import { expect, test } from 'vitest';
import { compileCatalog } from '../../../src/core/selection/catalog.ts';
import { ties } from '../../../src/core/selection/ties.ts';
import { gitProviders } from '../../../src/providers/index.ts';
import { credentials, type Sample, today } from './samples.ts';

const url = 'https://github.com/acme';

test.each<[string, readonly Sample[], string[]]>([
  [
    'equal ones tie',
    [
      { name: 'a', url },
      { name: 'b', url },
    ],
    ['a b'],
  ],
  [
    'case of a path does not part them',
    [
      { name: 'a', url },
      { name: 'b', url: 'https://github.com/ACME' },
    ],
    ['a b'],
  ],
  [
    'another path does',
    [
      { name: 'a', url },
      { name: 'b', url: `${url}/x` },
    ],
    [],
  ],
  [
    'the default',
    [
      { name: 'a', url },
      { name: 'b', url, isDefault: true },
    ],
    [],
  ],
  [
    'another end',
    [
      { name: 'a', url },
      { name: 'b', url, expires: 'never' },
    ],
    [],
  ],
  [
    'one reads, one writes',
    [
      { name: 'a', url, access: 'read' },
      { name: 'b', url, access: 'write' },
    ],
    [],
  ],
  [
    'two write, one reads',
    [
      { name: 'a', url, access: 'read' },
      { name: 'b', url },
      { name: 'c', url },
    ],
    ['b c'],
  ],
  [
    'the expired and the inactive',
    [
      { name: 'a', url },
      { name: 'b', url, expires: new Date(0) },
      { name: 'c', url, active: false },
    ],
    [],
  ],
  [
    'environments apart',
    [
      { name: 'a', url, environments: ['x'] },
      { name: 'b', url, environments: ['y'] },
    ],
    [],
  ],
  [
    'environments that overlap',
    [
      { name: 'a', url, environments: ['x', 'y'] },
      { name: 'b', url, environments: ['y'] },
    ],
    ['a b'],
  ],
  ['without base URL', [{ name: 'a' }, { name: 'b' }, { name: 'c', provider: 'gitlab' }], ['a b']],
  [
    'registries',
    [
      { name: 'a', registries: ['ghcr.io/x'] },
      { name: 'b', provider: 'registry', registries: ['ghcr.io/x'] },
    ],
    ['a b'],
  ],
])('%s', (_, samples, expected) => {
  const found = ties(compileCatalog(credentials(...samples), gitProviders), today.now);
  expect(found.map((tie) => tie.map(({ name }) => name).join(' '))).toEqual(expected);
});
