import { describe, expect, test } from 'vitest';
import type { MintPlan } from '../../../src/core/app-tokens/mint-plan.ts';
import { permissionsText } from '../../../src/core/app-tokens/permissions.ts';
import { planMints } from '../../../src/core/app-tokens/plan-mints.ts';
import { locationUrl } from '../../../src/core/location.ts';
import { appUse } from './make-use.ts';

const gh = 'https://github.com';

/** `acme [rnaseq] contents: read -> https://github.com/acme/rnaseq` */
function line({ owner, repositories, permissions, git, registries }: MintPlan): string {
  const prefixes = git.map(({ location, kind }) => locationUrl(location) + (kind === 'namespace' ? '/' : ''));
  const scopes = registries.map(({ host, segments }) => [host, ...segments].join('/'));
  const names = repositories === 'all' ? 'all' : `[${repositories.join(' ')}]`;
  return `${owner} ${names} ${permissionsText(permissions)} -> ${[...prefixes, ...scopes].join(' ')}`;
}

function planned(options: Parameters<typeof appUse>[0]) {
  const { plans, unserved } = planMints([appUse(options)]);
  return {
    lines: plans.map(line),
    problems: unserved.map(({ problem: { code, severity } }) => `${severity} ${code}`),
  };
}

describe('planMints', () => {
  test.each<[string, Parameters<typeof appUse>[0], readonly string[]]>([
    [
      'limits the token to its targets, contents: read',
      { url: `${gh}/acme`, targets: [`${gh}/acme/rnaseq`, `${gh}/acme/stats.git`] },
      [`acme [rnaseq stats] contents: read -> ${gh}/acme/rnaseq ${gh}/acme/stats`],
    ],
    [
      'mints one token for each owner of an App without base URL',
      { targets: [`${gh}/acme/a`, `${gh}/lab/b`, `${gh}/ACME/c`] },
      [`acme [a c] contents: read -> ${gh}/acme/a ${gh}/ACME/c`, `lab [b] contents: read -> ${gh}/lab/b`],
    ],
    [
      'mints one token for each permission set',
      { targets: [`${gh}/acme/a`, `${gh}/acme/b write`] },
      [`acme [a] contents: read -> ${gh}/acme/a`, `acme [b] contents: write -> ${gh}/acme/b`],
    ],
    [
      'takes the higher access of a repository that is listed twice',
      { targets: [`${gh}/acme/a`, `${gh}/Acme/A.git write`, `${gh}/acme/a`] },
      [`acme [a] contents: write -> ${gh}/acme/a`],
    ],
    [
      'adds what `permissions` says, and mints once where that makes the sets equal',
      {
        permissions: { contents: 'write', pull_requests: 'write' },
        targets: [`${gh}/acme/a`, `${gh}/acme/b write`],
      },
      [`acme [a b] contents: write, pull_requests: write -> ${gh}/acme/a ${gh}/acme/b`],
    ],
    [
      'names no repositories where the manifest says all',
      { repositories: 'all', targets: [`${gh}/acme/a`, `${gh}/acme/*`] },
      [`acme all contents: read -> ${gh}/acme/`],
    ],
    [
      'limits writing to the targets that say so even then',
      { repositories: 'all', targets: [`${gh}/acme/a`, `${gh}/acme/b write`] },
      [`acme all contents: read -> ${gh}/acme/`, `acme [b] contents: write -> ${gh}/acme/b`],
    ],
    [
      'lets all be written to where a wildcard says so',
      { repositories: 'all', targets: [`${gh}/acme/a`, `${gh}/acme/b write`, `${gh}/acme/* write`] },
      [`acme all contents: write -> ${gh}/acme/`],
    ],
    [
      'takes the owner of the base URL without targets',
      { url: `${gh}/acme`, repositories: 'all' },
      [`acme all contents: read -> ${gh}/acme/`],
    ],
    [
      'takes the names of the manifest without targets',
      { url: `${gh}/acme`, repositories: ['a', 'b'] },
      [`acme [a b] contents: read -> ${gh}/acme/a ${gh}/acme/b`],
    ],
    [
      'takes the repository of the base URL without targets, even with `all`',
      { url: `${gh}/acme/a`, repositories: 'all' },
      [`acme [a] contents: read -> ${gh}/acme/a`],
    ],
    [
      'keeps to the repository of the base URL with targets, too',
      { url: `${gh}/acme/a`, repositories: 'all', targets: [`${gh}/acme/a`] },
      [`acme [a] contents: read -> ${gh}/acme/a`],
    ],
    [
      'mints packages: read, and nothing else, for a registry',
      { targets: [`${gh}/acme/a`], images: ['ghcr.io/acme/tool', 'ghcr.io/acme'] },
      [
        `acme [a] contents: read -> ${gh}/acme/a`,
        'acme [a] packages: read -> ghcr.io/acme/tool ghcr.io/acme',
      ],
    ],
    [
      'mints packages: write where a registry target says so',
      { url: `${gh}/acme`, repositories: 'all', targets: [], images: ['ghcr.io/acme/tool write'] },
      ['acme all packages: write -> ghcr.io/acme/tool'],
    ],
    [
      'does not accept other permissions of the manifest for a registry',
      {
        url: `${gh}/acme`,
        repositories: ['a'],
        permissions: { issues: 'write', packages: 'write' },
        targets: [],
        images: ['ghcr.io'],
      },
      ['acme [a] packages: write -> ghcr.io'],
    ],
    [
      'serves the registries it names itself when there are no registry targets',
      { url: `${gh}/acme`, repositories: ['a'], registries: ['ghcr.io/acme'] },
      [`acme [a] contents: read -> ${gh}/acme/a`, 'acme [a] packages: read -> ghcr.io/acme'],
    ],
    ['mints nothing where no target needs it', { url: `${gh}/acme`, targets: [] }, []],
  ])('%s', (_name, options, expected) => {
    expect(planned(options)).toEqual({ lines: expected, problems: [] });
  });

  test.each<[string, Parameters<typeof appUse>[0], readonly string[], readonly string[]]>([
    ['without targets', { url: `${gh}/acme` }, [], ['warning app-without-repositories']],
    [
      'for a base URL above the ceiling',
      { url: `${gh}/acme/a`, repositories: ['b'] },
      [],
      ['warning app-without-repositories'],
    ],
    ['without targets and owner, with names', { repositories: ['a'] }, [], ['warning app-without-owner']],
    ['without targets and owner', { repositories: 'all' }, [], ['warning app-without-owner']],
    [
      'for a wildcard',
      { targets: [`${gh}/acme/*`, `${gh}/acme/a`] },
      [`acme [a] contents: read -> ${gh}/acme/a`],
      ['warning app-not-for-all'],
    ],
    ['for a wildcard to be written to', { targets: [`${gh}/acme/* write`] }, [], ['error app-not-for-all']],
    [
      'above the ceiling that the manifest sets',
      { repositories: ['A'], targets: [`${gh}/acme/a`, `${gh}/acme/b`] },
      [`acme [a] contents: read -> ${gh}/acme/a`],
      ['warning app-repository-not-named'],
    ],
    [
      'above the ceiling, for writing',
      { repositories: ['a'], targets: [`${gh}/acme/b write`] },
      [],
      ['error app-repository-not-named'],
    ],
    [
      'for a registry whose owner lists no repository',
      { targets: [`${gh}/acme/a`], images: ['ghcr.io/lab/tool'] },
      [`acme [a] contents: read -> ${gh}/acme/a`],
      ['warning app-without-repositories'],
    ],
    ['for a registry without owner', { targets: [], images: ['ghcr.io'] }, [], ['warning app-without-owner']],
  ])('rule 15: mints nothing %s', (_name, options, lines, problems) => {
    expect(planned(options)).toEqual({ lines, problems });
  });

  test('rule 15: says what to write, and where the App stands', () => {
    const { unserved } = planMints([appUse({ url: `${gh}/acme` })]);
    expect(unserved[0]?.problem).toMatchObject({
      path: 'credentials[0]',
      line: 3,
      message: expect.stringContaining('acme-app mints no token'),
      hint: expect.stringContaining('repositories: all'),
    });
  });

  test('names targets without what people paste into addresses', () => {
    const use = appUse({ targets: ['https://user:canary-password@github.com/acme/*'] });
    expect(JSON.stringify(planMints([use]).unserved.map(({ problem }) => problem))).toContain(
      'https://github.com/acme',
    );
    expect(JSON.stringify(planMints([use]).unserved.map(({ problem }) => problem))).not.toContain('canary');
  });

  test('splits over 500 repositories', () => {
    const targets = Array.from({ length: 1001 }, (_none, index) => `${gh}/acme/r${index}`);
    const { plans } = planMints([appUse({ targets })]);
    expect(plans.map(({ repositories }) => repositories.length)).toEqual([500, 500, 1]);
    expect(plans.flatMap(({ repositories }) => repositories)).toHaveLength(1001);
  });

  test('takes a given installation for one owner, and says so when there are several', () => {
    const one = planMints([appUse({ installationId: '7', targets: [`${gh}/acme/a`, `${gh}/Acme/b write`] })]);
    expect(one.plans.map(({ takesGivenInstallation }) => takesGivenInstallation)).toEqual([true, true]);
    expect(one.unserved).toEqual([]);
    const two = planMints([appUse({ installationId: '7', targets: [`${gh}/acme/a`, `${gh}/lab/b`] })]);
    expect(two.plans.map(({ takesGivenInstallation }) => takesGivenInstallation)).toEqual([false, false]);
    expect(two.unserved.map(({ problem }) => problem.code)).toEqual(['app-installation-id-unused']);
  });

  test('keeps hosts apart, and knows the forge of a registry by the base URL', () => {
    const uses = [
      appUse({ targets: ['https://git.example.com/acme/a', `${gh}/acme/a`] }),
      appUse({
        url: 'https://git.example.com/acme',
        repositories: ['a'],
        targets: [],
        images: ['containers.git.example.com/acme'],
      }),
      appUse({ repositories: 'all', targets: [], images: ['ghcr.io/acme'] }),
    ];
    const { plans } = planMints(uses);
    expect(plans.map(({ origin }) => locationUrl(origin))).toEqual([
      'https://git.example.com',
      gh,
      'https://git.example.com',
      gh,
    ]);
  });

  test('plans nothing for what is no App', () => {
    const use = appUse({ targets: [`${gh}/acme/a`] });
    const signIn = {
      kind: 'token' as const,
      token: { from: 'env' as const, name: 'T', place: use.credential.place },
    };
    expect(planMints([{ ...use, credential: { ...use.credential, signIn } }])).toEqual({
      plans: [],
      unserved: [],
    });
  });

  test('remembers which targets were written without .git', () => {
    const { plans } = planMints([
      appUse({ targets: [`${gh}/acme/a.git`, `${gh}/acme/b`, `${gh}/acme/c.git`, `${gh}/acme/c`] }),
    ]);
    expect(plans[0]?.git.map(({ bare }) => bare)).toEqual([false, true, true]);
  });
});
