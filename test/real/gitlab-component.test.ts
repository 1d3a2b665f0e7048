import { afterAll, beforeAll, expect, test } from 'vitest';
import { listen } from '../../src/demo/server.ts';
import { read } from '../conventions/sources.ts';
import { type GitlabProject, makeProject } from '../templates/gitlab-local.ts';
import { type GitlabServer, startGitlabServer } from '../templates/gitlab-server.ts';
import { templateText } from '../templates/gitlab-template.ts';
import { makeRelease } from '../templates/release.ts';

const release = makeRelease();
const template = templateText('templates/setup/template.yml', release);
const included = (inputs: string): string => `
include:
  - local: setup.yml
    inputs: ${inputs}
build:
  extends: .pipeline-credentials
  script: ['echo "signed in: $SIGNED_IN"']
prepared:
  before_script:
    - !reference [.pipeline-credentials, before_script]
    - export PREPARED="$SIGNED_IN"
  script: ['echo "prepared: $PREPARED"']
  after_script:
    - echo report
    - !reference [.pipeline-credentials, after_script]
several:
  extends: .pipeline-credentials
  parallel: { matrix: [{ PART: [one, two] }] }
  interruptible: true
  script: ['echo "$PART: $SIGNED_IN"']
`;
const consumer = (inputs = '{}'): GitlabProject =>
  makeProject({ 'setup.yml': template, '.gitlab-ci.yml': included(inputs) });

let gitlab: GitlabServer;
beforeAll(async () => {
  gitlab = await startGitlabServer({ release });
});
afterAll(() => gitlab.close());

test("holds against GitLab's schema, extended and referenced", async () => {
  using project = consumer(
    '{ repositories: ["https://github.com/acme/a write"], docker: home, required: false }',
  );
  const { code, log } = await project.preview();
  expect(log).toMatch(/read -r repositories <<'INPUT'\n *\["https:\/\/github.com\/acme\/a write"\]\n/);
  expect(log).toContain('docker=home');
  expect(code).toBe(0);
});

test("the project's own pipeline includes the components at its own commit", async () => {
  const files = ['.gitlab-ci.yml', 'templates/setup/template.yml', 'templates/check/template.yml'];
  using project = makeProject(
    Object.fromEntries(files.map((path) => [path, read(path)])),
    'https://gitlab.example.com/your-org/pipeline-credentials.git',
  );
  const { code, log } = await project.preview();
  expect(log).toContain('project="$CI_PROJECT_PATH"');
  expect(log).toContain('ref="$CI_COMMIT_SHA"');
  expect(log).toContain('junit: pipeline-credentials-report/pipeline-credentials.xml');
  expect(code).toBe(0);
});

test('is included from an address, too', async () => {
  const server = await listen({}, async (_request, response) => void response.end(template));
  using project = makeProject({
    '.gitlab-ci.yml': included('{ docker: none }').replace(
      'local: setup.yml',
      `remote: ${server.url}/setup.yml`,
    ),
  });
  const { code, log } = await project.preview();
  await server.close();
  expect(log).toContain('docker=none');
  expect(code).toBe(0);
});

test.each([
  ['{ docker: nowhere }', 'not in the list of allowed options'],
  ['{ required: "yes" }', 'provided value is not a boolean'],
  ['{ repositories: https://github.com/acme/a }', 'provided value is not a array'],
  ['{ cli: dist/cli/index.js }', 'does not match'],
  ['{ ref: "$(id)" }', 'does not match'],
])('refuses %s', async (inputs, message) => {
  using project = consumer(inputs);
  expect(await project.preview()).toMatchObject({ code: 1, log: expect.stringContaining(message) });
});

test('the jobs of a matrix are signed in and out each for itself', async () => {
  using project = consumer();
  const { code, log } = await project.run('several', { variables: gitlab.variables });
  expect(log).toContain('one: yes');
  expect(log).toContain('two: yes');
  expect(log.match(/\["cleanup"\]/g)).toHaveLength(2);
  expect(project.leftovers()).toEqual([]);
  expect(code).toBe(0);
});
