import { expect, test } from 'vitest';
import { gitSections } from '../../../src/core/session/git-sections.ts';
import { app } from '../selection/samples.ts';
import { type SceneOptions, scene, summary } from './scene.ts';

const gh = 'https://github.com';
const acme = { name: 'acme', url: `${gh}/acme` };
const hub = { name: 'everywhere' };
const limited = { name: 'acme-app', url: `${gh}/acme`, signIn: app('listed') };
const all = { name: 'acme-app', url: `${gh}/acme`, signIn: app('all') };

function written(options: SceneOptions): readonly string[] {
  return summary(gitSections(scene(options)));
}

test.each<[string, SceneOptions, readonly string[]]>([
  [
    'a token of an organisation stands at its base URL',
    { samples: [acme], repositories: [`${gh}/acme/a`, `${gh}/acme/b`] },
    [`${gh}/acme (namespace) -> acme`],
  ],
  [
    'a token of a whole host stands at the owners of its targets',
    { samples: [hub], repositories: [`${gh}/acme/a`, `${gh}/lab/b`] },
    [`${gh}/acme (namespace) -> everywhere`, `${gh}/lab (namespace) -> everywhere`],
  ],
  ['and at the host when there are no targets', { samples: [hub] }, [`${gh} (host) -> everywhere`]],
  [
    'a limited App stands at its repositories',
    { samples: [limited], repositories: [`${gh}/acme/a`, `${gh}/acme/b.git`] },
    [`${gh}/acme/a (repository, bare) -> acme-app`, `${gh}/acme/b (repository) -> acme-app`],
  ],
  [
    'an App for all stands at its base URL',
    { samples: [all], repositories: [`${gh}/acme/a`] },
    [`${gh}/acme (namespace) -> acme-app`],
  ],
  [
    'a credential that no target needs is left out, and its place is taken out of what covers it',
    { samples: [acme, { name: 'secret', url: `${gh}/acme/secret` }], repositories: [`${gh}/acme/a`] },
    [
      `${gh}/acme (namespace) -> acme`,
      `${gh}/acme/secret (namespace) -> block`,
      `${gh}/acme/secret (repository) -> block`,
    ],
  ],
  [
    'a target whose credential has expired is not served by the one above',
    {
      samples: [acme, { name: 'old', url: `${gh}/acme/old`, expires: new Date('2026-01-01') }],
      repositories: [`${gh}/acme/a`, `${gh}/acme/old`],
    },
    [
      `${gh}/acme (namespace) -> acme`,
      `${gh}/acme/old (repository) -> block`,
      `${gh}/acme/old (namespace) -> block`,
    ],
  ],
  [
    'a pinned target stands by itself',
    {
      samples: [acme, hub],
      repositories: [`${gh}/acme/a`, `${gh}/acme/b`],
      pins: { [`${gh}/acme/b`]: 'everywhere' },
    },
    [`${gh}/acme (namespace) -> acme`, `${gh}/acme/b (repository, bare) -> everywhere`],
  ],
  [
    'one for writing stands at its targets where reading is for another',
    {
      samples: [
        { ...acme, name: 'reader', access: 'read' },
        { ...acme, name: 'writer', access: 'write' },
      ],
      repositories: [`${gh}/acme/a`, `${gh}/acme/b write`],
    },
    [`${gh}/acme (namespace) -> reader`, `${gh}/acme/b (repository, bare) -> writer`],
  ],
  [
    'and by itself when nobody reads',
    {
      samples: [
        { ...acme, name: 'reader', access: 'read' },
        { ...acme, name: 'writer', access: 'write' },
      ],
      repositories: [`${gh}/acme/b write`],
    },
    [`${gh}/acme/b (repository, bare) -> writer`],
  ],
  [
    "the job's own repository keeps its token",
    { samples: [acme], repositories: [`${gh}/acme/a`], own: `${gh}/acme/own` },
    [`${gh}/acme (namespace) -> acme`, `${gh}/acme/own (repository, bare) -> job-token`],
  ],
  [
    'unless it is a target itself',
    { samples: [acme], repositories: [`${gh}/acme/own`], own: `${gh}/acme/own` },
    [`${gh}/acme (namespace) -> acme`],
  ],
  [
    "each in the spellings that were used, and in the host's own way of comparing",
    { samples: [{ ...acme, url: `${gh}/Acme` }], repositories: [`${gh}/ACME/A`] },
    [`${gh}/Acme (namespace) -> acme`, `${gh}/ACME (namespace) -> acme`, `${gh}/acme (namespace) -> acme`],
  ],
  [
    'what lies inside is spelt in every way in which the outside is',
    {
      samples: [{ ...acme, url: `${gh}/Acme` }, hub],
      repositories: [`${gh}/Acme/a`, `${gh}/acme/b`],
      pins: { [`${gh}/acme/b`]: 'everywhere' },
    },
    [
      `${gh}/Acme (namespace) -> acme`,
      `${gh}/acme (namespace) -> acme`,
      `${gh}/acme/b (repository, bare) -> everywhere`,
      `${gh}/Acme/b (repository, bare) -> everywhere`,
    ],
  ],
  [
    'without targets, an App that mints nothing keeps its place from the credential of the host',
    { samples: [hub, limited] },
    [`${gh} (host) -> everywhere`, `${gh}/acme (namespace) -> block`],
  ],
  [
    'an App limited to names leaves the others to the token beside it',
    {
      samples: [acme, { name: 'named', url: `${gh}/acme`, signIn: app(['a', 'b']) }],
      repositories: [`${gh}/acme/a`, `${gh}/acme/c`],
    },
    [
      `${gh}/acme (namespace) -> acme`,
      `${gh}/acme/a (repository, bare) -> named`,
      `${gh}/acme/b (repository) -> block`,
    ],
  ],
  [
    'a plain git host has repositories at its top',
    {
      samples: [{ name: 'plain', provider: 'git', url: 'https://git.example.com' }],
      repositories: ['https://git.example.com/Tool'],
    },
    ['https://git.example.com/Tool (repository, bare) -> plain'],
  ],
  [
    'a group of GitLab may be a project as well',
    {
      samples: [{ name: 'lab', provider: 'gitlab', url: 'https://gitlab.com/lab/core' }],
      repositories: ['git@gitlab.com:lab/core/x.git'],
    },
    ['https://gitlab.com/lab/core (namespace) -> lab', 'https://gitlab.com/lab/core (repository) -> lab'],
  ],
  [
    'projects of Bitbucket Data Center stand below scm',
    {
      samples: [{ name: 'dc', provider: 'bitbucket-data-center', url: 'https://bb.example.com' }],
      repositories: ['ssh://git@bb.example.com:7999/key/x.git'],
    },
    ['https://bb.example.com/scm/key (namespace) -> dc'],
  ],
])('%s', (_name, options, expected) => {
  expect(written(options)).toEqual(expected);
});

test('rule 11: a neighbour that is served from above is not taken by the rule of another repository', () => {
  const repositories = [`${gh}/acme/repo`, `${gh}/acme/repo-two`, `${gh}/acme/other`];
  const pins = { [`${gh}/acme/repo`]: 'everywhere' };
  expect(written({ samples: [acme, hub], repositories, pins })).toEqual([
    `${gh}/acme (namespace) -> acme`,
    `${gh}/acme/repo (repository, bare) -> everywhere`,
    `${gh}/acme/repo-two (repository, bare) -> acme`,
  ]);
});

test('rule 11: a neighbour whose name begins like a served repository keeps its ssh key', () => {
  const options = { samples: [limited], repositories: [`${gh}/acme/repo`, 'https://github.com/other/x'] };
  expect(
    written({
      ...options,
      samples: [limited, { name: 'x', url: `${gh}/acme/repo-evil`, expires: new Date(0) }],
    }),
  ).toEqual([
    `${gh}/acme/repo (repository, bare) -> acme-app`,
    `${gh}/acme/repo-evil (namespace) -> guard`,
    `${gh}/acme/repo-evil (repository, bare) -> guard`,
  ]);
});
