// What the same work costs with the actions it usually takes. They come from BENCH_PEERS, as checkouts of their
// repositories: create-github-app-token and login-action.
import { newJob, runStep, withState } from './action.mjs';
import { peer } from './places.mjs';
import { registryLogin } from './scene.mjs';

const main = () => peer('create-github-app-token', 'dist', 'main.cjs');
const post = () => peer('create-github-app-token', 'dist', 'post.cjs');

/** One run of create-github-app-token per owner; null when it is not there. */
export function mintTokens(forge, folder, owners) {
  const program = main();
  if (program === null) return null;
  return async () => {
    for (const owner of owners) await runStep(program, newJob(folder), inputs(forge, owner));
  };
}

/** Mints once and gives its post step, to be run as often as wanted; null when it is not there. */
export async function postStep(forge, folder, owner) {
  const [before, program] = [main(), post()];
  if (before === null || program === null) return null;
  const job = newJob(folder);
  await runStep(before, job, inputs(forge, owner));
  return () => runStep(program, withState(job), inputs(forge, owner));
}

/** One run of login-action with all registries; null when it is not there. */
export function loginAction(folder, hosts) {
  const program = ['index.cjs', 'index.js']
    .map((name) => peer('login-action', 'dist', name))
    .find((path) => path);
  if (!program) return null;
  const auth = hosts.map((registry) => ({ registry, ...registryLogin }));
  return () => runStep(program, newJob(folder), { 'registry-auth': JSON.stringify(auth), logout: 'true' });
}

function inputs(forge, owner) {
  const { id, privateKey } = forge.app('bench');
  return {
    'app-id': String(id),
    'private-key': privateKey,
    owner,
    repositories: 'code,data',
    'github-api-url': forge.apiUrl,
    'permission-contents': 'read',
    'skip-token-revoke': 'false',
  };
}
