// What the same work costs with the actions it usually takes. They come from BENCH_PEERS, as checkouts of their
// repositories under their own names; null stands for one that is not there.
import { mainStep, postStep } from './job.mjs';
import { run } from './measure.mjs';
import { peer } from './places.mjs';
import { registryLogin } from './scene.mjs';

/** The App token of one owner, by create-github-app-token. */
export function mint({ forge, trust }, owner) {
  const action = peer('create-github-app-token');
  return action && (() => mainStep(action, { inputs: appInputs(forge, owner), env: trust }));
}

/** Its post step. */
export function mintPost({ forge, trust }, owner) {
  const action = peer('create-github-app-token');
  return action && (() => postStep(action, { inputs: appInputs(forge, owner), env: trust }));
}

/** One run per owner, one login-action for all registries, and one `git config` call per repository. */
export function usualActions(scene, owners, folder) {
  const [token, login] = [peer('create-github-app-token'), peer('login-action')];
  if (!token || !login) return null;
  return async () => {
    let sum = 0;
    for (const owner of owners) sum += await mint(scene, owner)();
    sum += await mainStep(login, { inputs: { 'registry-auth': registryAuth(scene) } });
    const start = performance.now();
    for (let repository = 0; repository < 2 * owners.length; repository++)
      await gitConfig(folder, repository);
    return sum + performance.now() - start;
  };
}

function appInputs(forge, owner) {
  return {
    'app-id': String(forge.app('bench').id),
    'private-key': forge.app('bench').privateKey,
    owner,
    repositories: 'code,data',
    'github-api-url': forge.apiUrl,
    'permission-contents': 'read',
  };
}

function registryAuth({ registries }) {
  return JSON.stringify(registries.map((registry) => ({ registry, ...registryLogin })));
}

function gitConfig(folder, number) {
  const setting = [`http.https://example.com/${number}.extraheader`, `Authorization: Basic canary-${number}`];
  return run('git', ['config', '--file', `${folder}/gitconfig`, ...setting]);
}
