// One App token for one owner, against create-github-app-token.
import { mainStep, nothing } from './job.mjs';
import { roundRobin } from './measure.mjs';
import { mint } from './peers.mjs';
import { action } from './places.mjs';
import { manifest, secrets, startScene } from './scene.mjs';

const what = 'setup with one App token';

export async function rows() {
  await using scene = await startScene();
  const inputs = { manifest: manifest(scene, { accounts: ['org-1'], hosts: [] }) };
  const peer = mint(scene, 'org-1');
  const ours = () => mainStep(action, { inputs, env: secrets(scene) });
  const times = await roundRobin({ nothing, ours, ...(peer && { peer }) }, 15);
  return [
    { what: `${what} / node -e 0`, figure: times.ours / times.nothing },
    { what: `${what} / create-github-app-token`, figure: peer ? times.ours / times.peer : null, atMost: 0.8 },
  ];
}
