import { join } from 'node:path';
import { expect, test } from 'vitest';
import { labManifest, manager, rotationScene, working } from '../app/keeping/rotate-scene.ts';
import { root } from '../conventions/sources.ts';
import { findSecrets } from '../harness/leaks.ts';
import { makeProject } from '../templates/gitlab-local.ts';
import { templateText } from '../templates/gitlab-template.ts';
import { builtRelease } from '../templates/release.ts';

const release = builtRelease(join(root, 'dist'));

test('the scheduled job rotates a token, and the variables of the project have the new one and its end', async () => {
  await using gitlab = await rotationScene();
  const soon = new Date(Date.now() + 10 * 86_400_000).toISOString().slice(0, 10);
  const [lab] = gitlab.tokens;
  Object.assign(lab ?? {}, { expires_at: soon });
  const manifest = labManifest(gitlab, '{ env: LAB }', `    expires: ${soon}\n`);
  const inputs = `{ cli: '${join(root, 'dist/cli/index.js')}', node: '${process.execPath}', days: '60' }`;
  using project = makeProject({
    'rotate.yml': templateText('templates/gitlab/rotate.yml', release),
    '.gitlab-ci.yml': `include: [{ local: rotate.yml, inputs: ${inputs} }]\n`,
  });
  const run = await project.run('pipeline-credentials-rotate', {
    variables: {
      LAB: lab?.token ?? '',
      PIPELINE_CREDENTIALS_ROTATE_TOKEN: manager,
      CI_PROJECT_URL: `${gitlab.url}/acme/pipeline`,
      CI_API_V4_URL: gitlab.apiUrl,
      CI_PIPELINE_SOURCE: 'schedule',
    },
    files: { PIPELINE_CREDENTIALS: manifest },
  });
  expect(run.code, run.log).toBe(0);
  const token = working(gitlab);
  expect(token).not.toBe(lab?.token);
  expect(gitlab.variable('acme/pipeline', 'LAB')).toMatchObject({ value: token, hidden: true });
  const end = new Date(Date.now() + 60 * 86_400_000).toISOString().slice(0, 10);
  expect(gitlab.variable('acme/pipeline', 'PIPELINE_CREDENTIALS')).toMatchObject({
    value: manifest.replace(soon, end),
    variable_type: 'file',
  });
  expect(await findSecrets({ log: run.log }, [manager, token ?? '', lab?.token ?? ''])).toEqual([]);
  expect(project.leftovers()).toEqual([]);
});
