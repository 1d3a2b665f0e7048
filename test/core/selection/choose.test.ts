import { describe, expect, test } from 'vitest';
import { compileCatalog } from '../../../src/core/selection/catalog.ts';
import { choose } from '../../../src/core/selection/choose.ts';
import type { Circumstances } from '../../../src/core/selection/selection.ts';
import type { Target } from '../../../src/core/target/target.ts';
import { gitProviders } from '../../../src/providers/index.ts';
import { app, credentials, password, registry, repository, type Sample, today } from './samples.ts';

function selection(samples: readonly Sample[], target: Target, more: Partial<Circumstances> = {}) {
  return choose(compileCatalog(credentials(...samples), gitProviders), target, { ...today, ...more });
}

function winner(samples: readonly Sample[], target: Target, more: Partial<Circumstances> = {}) {
  return selection(samples, target, more).credential?.name ?? null;
}

/** The four credentials of docs/selection.md. */
const four: readonly Sample[] = [
  { name: 'everywhere' },
  { name: 'host', url: 'https://github.com' },
  { name: 'acme', url: 'https://github.com/acme' },
  { name: 'lab', provider: 'gitlab', url: 'https://gitlab.example.com/lab' },
];

test.each([
  ['https://github.com/acme/rnaseq', 'acme'],
  ['https://github.com/ACME/rnaseq', 'acme'],
  ['https://github.com/acme', 'acme'],
  ['https://github.com/other/rnaseq', 'host'],
  ['https://github.com/acme-evil/rnaseq', 'host'],
  ['https://github.com:8443/acme/rnaseq', null],
])('of four credentials, for %s: %s', (url, expected) => {
  expect(winner(four, repository(url))).toBe(expected);
});

const base = 'https://github.com/acme';
const target = repository(`${base}/rnaseq`);

test('without a matching base URL those without one compete', () => {
  expect(winner([{ name: 'everywhere' }, { name: 'other', url: 'https://github.com/x' }], target)).toBe(
    'everywhere',
  );
});

test('a credential without base URL covers public hosts only', () => {
  const server = repository('https://git.example.com/acme/x');
  expect(winner([{ name: 'everywhere' }], server)).toBeNull();
  expect(winner([{ name: 'everywhere' }], repository('http://github.com/acme/x'))).toBeNull();
});

describe('within the winning group', () => {
  test.each<[string, readonly Sample[], string | null]>([
    ['the expired lose', [{ name: 'a', expires: new Date('2026-11-20T12:00:00Z') }, { name: 'b' }], 'b'],
    [
      'for reading, one for reading only',
      [
        { name: 'a', isDefault: true },
        { name: 'b', access: 'read' },
      ],
      'b',
    ],
    [
      'then the default',
      [
        { name: 'a', expires: 'never' },
        { name: 'b', isDefault: true },
      ],
      'b',
    ],
    [
      'then never',
      [
        { name: 'a', expires: new Date('2030-01-01') },
        { name: 'b', expires: 'never' },
      ],
      'b',
    ],
    [
      'then an App',
      [
        { name: 'a', expires: new Date('2030-01-01') },
        { name: 'b', signIn: app('all') },
      ],
      'b',
    ],
    [
      'then a password',
      [
        { name: 'a', expires: new Date('2030-01-01') },
        { name: 'b', signIn: password },
      ],
      'b',
    ],
    [
      'then the later date',
      [
        { name: 'a', expires: new Date('2030-01-01') },
        { name: 'b', expires: new Date('2031-01-01') },
      ],
      'b',
    ],
    ['then a date before none', [{ name: 'a' }, { name: 'b', expires: new Date('2030-01-01') }], 'b'],
    ['then manifest order', [{ name: 'a' }, { name: 'b' }], 'a'],
  ])('%s', (_, group, expected) => {
    expect(
      winner(
        group.map((sample) => ({ url: base, ...sample })),
        target,
      ),
    ).toBe(expected);
  });

  test('writing needs one that may write', () => {
    const group: Sample[] = [
      { name: 'reader', url: base, access: 'read', isDefault: true },
      { name: 'writer', url: base },
    ];
    expect(winner(group, { ...target, access: 'write' })).toBe('writer');
  });
});

describe('selection never widens silently', () => {
  const wide = { name: 'wide', url: 'https://github.com' };

  test('when all of the winning group are expired', () => {
    const { credential, reason, problem } = selection(
      [wide, { name: 'old', url: base, expires: new Date('2026-01-31') }],
      target,
    );
    expect([credential, problem]).toEqual([null, null]);
    expect(reason).toContain('old');
  });

  test('when they are too weak', () => {
    const { credential, problem } = selection([wide, { name: 'reader', url: base, access: 'read' }], {
      ...target,
      access: 'write',
    });
    expect([credential, problem?.code]).toEqual([null, 'no-credential']);
  });
});

test('a target without credential is anonymous, unless it writes', () => {
  expect(selection([], target).problem).toBeNull();
  expect(selection([], { ...target, access: 'write' }).problem?.code).toBe('no-credential');
});

describe('environments and status', () => {
  const samples: Sample[] = [
    { name: 'off', url: base, active: false, isDefault: true },
    { name: 'prod', url: base, environments: ['prod'] },
    { name: 'everywhere' },
  ];

  test.each([
    [null, 'everywhere'],
    ['test', 'everywhere'],
    ['prod', 'prod'],
  ])('in %s: %s', (environment, expected) => {
    expect(winner(samples, target, { environment })).toBe(expected);
  });
});

describe('a pin', () => {
  const samples: Sample[] = [
    ...four,
    { name: 'old', expires: new Date('2026-01-31') },
    { name: 'off', active: false },
    { name: 'reader', access: 'read' },
  ];

  test('skips the ranking', () => {
    expect(winner(samples, { ...target, pinned: 'everywhere' })).toBe('everywhere');
  });

  test.each(['lab', 'old', 'off', 'nobody'])('is refused for %s', (pinned) => {
    const { credential, problem } = selection(samples, { ...target, pinned });
    expect([credential, problem?.code]).toEqual([null, 'pin-refused']);
  });

  test('is refused where the credential is too weak', () => {
    expect(selection(samples, { ...target, pinned: 'reader', access: 'write' }).problem?.code).toBe(
      'pin-refused',
    );
  });
});

describe('an App', () => {
  const wildcard = repository(base, { wildcard: true });

  test.each([
    ['all', wildcard, 'app'],
    ['listed', wildcard, null],
    ['listed', target, 'app'],
    [['rnaseq'], target, 'app'],
    [['acme/RNAseq'], target, 'app'],
    [['other'], target, null],
  ] as const)('with repositories: %j', (repositories, asked, expected) => {
    expect(winner([{ name: 'app', url: base, signIn: app(repositories) }], asked)).toBe(expected);
  });
});

test('an App that is limited to names leaves the others to its rivals, in one catalog', () => {
  const catalog = compileCatalog(
    credentials({ name: 'app', url: base, signIn: app(['rnaseq']) }, { name: 'token', url: base }),
    gitProviders,
  );
  const names = ['rnaseq', 'other', 'rnaseq'].map(
    (name) => choose(catalog, repository(`${base}/${name}`), today).credential?.name,
  );
  expect(names).toEqual(['app', 'token', 'app']);
});

test('a letter that Unicode takes for an ASCII one is another letter', () => {
  expect(
    winner([{ name: 'kit', url: 'https://github.com/kit' }], repository('https://github.com/\u212Ait/x')),
  ).toBeNull();
});

describe('registries', () => {
  const samples: Sample[] = [
    { name: 'hub', provider: 'registry', registries: ['docker.io'] },
    { name: 'hub-acme', provider: 'registry', registries: ['docker.io/acme'] },
    {
      name: 'lab',
      provider: 'gitlab',
      url: 'https://gitlab.example.com/lab',
      registries: ['registry.example.com/lab'],
    },
    { name: 'port', provider: 'registry', registries: ['registry.example.com:5000'] },
  ];

  test.each([
    ['docker.io', 'hub'],
    ['docker.io/library/alpine', 'hub'],
    ['docker.io/acme/tool', 'hub-acme'],
    ['docker.io/acme-evil/tool', 'hub'],
    ['registry.example.com/lab/tool', 'lab'],
    ['registry.example.com/other', null],
    ['registry.example.com', null],
    ['registry.example.com:5000/lab', 'port'],
    ['ghcr.io', null],
  ])('%s: %s', (text, expected) => {
    expect(winner(samples, registry(text))).toBe(expected);
  });
});
