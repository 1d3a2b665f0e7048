import { describe, expect, test } from 'vitest';
import { Secret } from '../../../src/core/secret.ts';
import type { NextflowFacts } from '../../../src/core/session/nextflow-facts.ts';
import { planNextflow } from '../../../src/core/session/nextflow-plan.ts';
import { app } from '../selection/samples.ts';
import { type SceneOptions, scene } from './scene.ts';
import { setting } from './setting.ts';

const gh = 'https://github.com';

function plan(
  options: SceneOptions,
  facts: Partial<NextflowFacts> = {},
  git: 'private' | 'none' = 'private',
) {
  const nextflowFacts = { scm: null, elsewhere: false, isUsed: true, ...facts };
  const { files, environment, warnings } = planNextflow(scene(options), setting({ nextflowFacts, git }));
  const scm = files.map(({ content }) => (content instanceof Secret ? content.reveal() : 'not a secret'));
  return { scm: scm.join(''), environment, warnings };
}

const two: SceneOptions = {
  samples: [
    { name: 'acme', url: `${gh}/acme` },
    { name: 'lab', url: `${gh}/lab` },
  ],
  repositories: [`${gh}/acme/rnaseq`, `${gh}/lab/a`, `${gh}/lab/b`],
};

describe('Nextflow', () => {
  test('gets the credential that most targets of a host use, in a file of the session', () => {
    const { scm, environment, warnings } = plan(two);
    expect(scm).toContain("password = 'canary-lab'");
    expect(scm).not.toContain('canary-acme');
    expect(environment).toEqual({ NXF_SCM_FILE: '/tmp/session/secret/nextflow-scm' });
    expect(warnings).toEqual([
      'Nextflow takes one credential for each host: at github.com it gets lab, not acme.',
    ]);
  });

  test('is not spoken of where nobody uses it', () => {
    expect(plan(two, { isUsed: false })).toMatchObject({
      warnings: [],
      scm: expect.stringContaining('canary-lab'),
    });
  });

  test('keeps the entries it had', () => {
    const had = "providers { mine { platform = 'gitea' } }";
    expect(plan(two, { scm: had }).scm).toContain(had);
  });

  test('is told when its own file is out of reach', () => {
    expect(plan(two, { elsewhere: true, isUsed: false }).warnings).toEqual([
      'The scm file that NXF_SCM_FILE names is not on this machine: in this job Nextflow does without it.',
    ]);
  });

  test('tells the tokens of one App apart by their owners', () => {
    const { warnings } = plan({
      samples: [{ name: 'app', signIn: app('listed') }],
      repositories: [`${gh}/acme/a`, `${gh}/acme/b`, `${gh}/lab/c`],
    });
    expect(warnings).toEqual([
      'Nextflow takes one credential for each host: at github.com it gets app (acme), not app (lab).',
    ]);
  });

  test.each([
    [{ name: 'plain', provider: 'git', url: 'https://git.example.com/srv' }, /knows no platform/],
    [
      {
        name: 'rooted',
        provider: 'gitlab',
        url: 'https://a.example/gitlab/x',
        apiUrl: 'https://a.example/gitlab/api/v4',
      },
      /below a path/,
    ],
    [
      { name: 'ctx', provider: 'bitbucket-data-center', url: 'https://a.example/ctx/scm/KEY' },
      /below a path/,
    ],
  ] as const)('cannot use everything: %o', (sample, expected) => {
    const { scm, environment, warnings } = plan({ samples: [sample] });
    expect([scm, environment]).toEqual(['', {}]);
    expect(warnings).toEqual([expect.stringMatching(expected)]);
  });

  test('of Bitbucket Data Center finds the server above scm', () => {
    const sample = {
      name: 'dc',
      provider: 'bitbucket-data-center',
      url: 'https://a.example/scm/KEY',
    } as const;
    expect(plan({ samples: [sample] }).scm).toContain("server = 'https://a.example'");
  });

  test('gets nothing where git is left alone', () => {
    expect(plan(two, {}, 'none')).toEqual({ scm: '', environment: {}, warnings: [] });
  });
});
