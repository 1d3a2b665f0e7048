import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { Secret } from '../../../src/core/secret.ts';
import { planSession } from '../../../src/core/session/plan.ts';
import { type SceneOptions, scene } from './scene.ts';
import { setting } from './setting.ts';

/** A job in which every part of a session is needed. */
const everything: SceneOptions = {
  samples: [
    { name: 'acme', url: 'https://github.com/acme', registries: ['ghcr.io/acme', 'ghcr.io/lab'] },
    { name: 'tool', url: 'https://github.com/acme/tool' },
    { name: 'lab', provider: 'registry', registries: ['ghcr.io/lab/tool'] },
  ],
  repositories: ['https://github.com/acme/app', 'https://github.com/acme/tool'],
  registries: ['ghcr.io/acme/app:1', 'ghcr.io/lab/tool:1'],
  gitOnly: {
    tool: {
      kind: 'ssh-key',
      key: new Secret('canary-key'),
      knownHosts: 'github.com ssh-ed25519 AAAA',
      server: null,
    },
  },
};
const env = { BUILDX_CONFIG: '/home/user/.buildx', DOCKER_AUTH_CONFIG: '{"auths":{"ghcr.io":{"auth":"x"}}}' };
const plan = planSession(scene(everything), setting({ env }));

test('what holds a secret is one, so that it is written for us alone', () => {
  for (const { name, content } of plan.files) {
    if (content instanceof Secret) continue;
    expect([name, content]).toEqual([name, expect.not.stringMatching(/canary|Y2FuYXJ5|auth"/)]);
  }
  expect(plan.files.filter(({ content }) => content instanceof Secret).length).toBeGreaterThan(4);
});

test('rule 4: files are numbered, not named after anything', () => {
  const names = plan.files.map(({ name }) => name).filter((name) => !/^[\w/.-]+$/.test(name));
  expect(names).toEqual([]);
  expect(plan.files.filter(({ name }) => name.includes('tool') && !name.includes('buildx'))).toEqual([]);
});

test('a job without anything to sign in to gets nothing but a name', () => {
  const none = planSession(scene({ samples: [] }), setting());
  expect(none).toMatchObject({ files: [], warnings: [], git: [] });
  expect(none.environment).toEqual({ PIPELINE_CREDENTIALS_SESSION: '/tmp/session' });
});

test('on GitHub, container actions find the credentials where they see the temp folder', () => {
  const runner = { GITHUB_ACTIONS: 'true', RUNNER_TEMP: '/runner/_temp' };
  const folder = '/runner/_temp/pipeline-credentials-1';
  const text = (env: Record<string, string>) =>
    planSession(scene(everything), setting({ env, folder })).files.find(({ name }) => name === 'gitconfig')
      ?.content;
  expect(text(runner)).toContain("'/github/runner_temp/pipeline-credentials-1/secret/1'");
  expect(text({ RUNNER_TEMP: runner.RUNNER_TEMP })).not.toContain('/github/');
});

test('docs/what-it-changes.md names every variable and every file', () => {
  const page = readFileSync('docs/what-it-changes.md', 'utf8');
  const variables = Object.keys(plan.environment).map((name) => name.replace(/_\d+$/, '_n'));
  expect(variables.length).toBeGreaterThan(12);
  expect(variables.filter((name) => !page.includes(name))).toEqual([]);
  const files = plan.files.map(({ name }) =>
    name.replace(/^(ssh|docker)\/.*/, '$1/').replace(/^secret\/\d+$/, 'secret/1'),
  );
  expect(files.filter((name) => !page.includes(`\`${name}`))).toEqual([]);
});
