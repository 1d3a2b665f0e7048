import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startForge } from '../../src/demo/forge.ts';
import { startRegistry } from '../../src/demo/registry.ts';
import { root } from '../conventions/sources.ts';
import { findSecrets } from '../harness/leaks.ts';
import { startMachine } from '../templates/job-machine.ts';
import { makeRelease } from '../templates/release.ts';
import { setupJob } from '../templates/setup-job.ts';

const secrets = { LAB_TOKEN: 'canary-lab-token-90cc1e', CI_JOB_TOKEN: 'canary-job-token-51d7a0' };
const cli = join(root, 'dist/cli/index.js');

/** A server with the job's own project and another one, and its registry. */
let server: Awaited<ReturnType<typeof startServer>>;
async function startServer() {
  const forge = await startForge({
    repositories: [{ name: 'lab/own' }, { name: 'lab/variants' }],
    tokens: [
      { token: secrets.LAB_TOKEN, repositories: ['lab/variants'] },
      { token: secrets.CI_JOB_TOKEN, username: 'gitlab-ci-token', repositories: ['lab/own'] },
    ],
  });
  const users = [
    { username: 'gitlab-ci-token', password: secrets.CI_JOB_TOKEN, namespaces: ['lab/own'] },
    { username: 'lab-bot', password: secrets.LAB_TOKEN, namespaces: ['team'] },
  ];
  const registry = await startRegistry({ users, images: ['lab/own:1', 'team/app:1'] });
  return { forge, registry };
}
beforeAll(async () => {
  server = await startServer();
});
afterAll(async () => {
  await server.forge.close();
  await server.registry.close();
});

const variables = () => ({
  ...secrets,
  CI_SERVER_URL: server.forge.url,
  CI_PROJECT_URL: `${server.forge.url}/lab/own`,
  CI_REGISTRY_IMAGE: `${server.registry.host}/lab/own`,
  PIPELINE_CREDENTIALS: `version: 1
credentials:
  - { name: lab, provider: gitlab, url: "${server.forge.url}/lab", token: { env: LAB_TOKEN } }
`,
});
const asks = (): string =>
  ['lab/variants', 'lab/own']
    .map(
      (name) => `git ls-remote --quiet '${server.forge.url}/${name}' HEAD >/dev/null 2>&1 && echo '${name}'`,
    )
    .concat(
      `skopeo inspect --tls-verify=false 'docker://${server.registry.host}/lab/own:1' >/dev/null 2>&1 && echo image`,
    )
    .join(' || :\n');

test.each([
  ['the own repository and registry', {}, 'lab/variants\nlab/own\nimage\n'],
  ['nothing when it is switched off', { 'job-token': false }, 'lab/variants\n'],
])('the job token serves %s', async (_what, inputs, served) => {
  using machine = startMachine();
  const { before, after } = setupJob(makeRelease(), { cli, ...inputs });
  const during = await machine.run([...before, `${asks()} || :`], variables());
  expect(during).toMatchObject({ code: 0, stdout: served });
  const cleaned = await machine.run(after, variables());
  expect(cleaned.stderr).toContain('Signed out');
  expect(machine.leftovers()).toEqual([]);
  const log = during.stdout + during.stderr + cleaned.stderr;
  expect(await findSecrets({ log }, Object.values(secrets))).toEqual([]);
});

test('rule 9: a project on another host than the server gets no job token', async () => {
  using machine = startMachine();
  const { before } = setupJob(makeRelease(), { cli });
  const moved = { ...variables(), CI_SERVER_URL: 'https://gitlab.example.com' };
  expect(await machine.run([...before, `${asks()} || :`], moved)).toMatchObject({ stdout: 'lab/variants\n' });
});
