import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeProject } from '../templates/gitlab-local.ts';
import { type GitlabServer, startGitlabServer } from '../templates/gitlab-server.ts';
import { templateText } from '../templates/gitlab-template.ts';
import { makeRelease } from '../templates/release.ts';

const release = makeRelease();
const template = templateText('templates/setup/template.yml', release);
let gitlab: GitlabServer;
beforeAll(async () => {
  gitlab = await startGitlabServer({ release });
});
afterAll(() => gitlab.close());

test('x', async () => {
  using project = makeProject({
    'setup.yml': template,
    '.gitlab-ci.yml': `
include:
  - local: setup.yml
    inputs:
      repositories: ["https://github.com/acme/a", "https://github.com/acme/b write"]
build:
  extends: .pipeline-credentials
  script:
    - 'echo "signed in: $SIGNED_IN"'
`,
  });
  const p = await project.preview();
  console.log(p.code, p.log.slice(0, 1500));
  const r = await project.run('build', {variables: {...gitlab.variables, GITLAB_CI: 'true'}});
  console.log(r.code, r.log, project.leftovers());
  expect(1).toBe(1);
});
