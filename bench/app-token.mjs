// One App token for one owner, against create-github-app-token.
import { mainStep, nothing } from './job.mjs';
import { roundRobin } from './measure.mjs';
import { mint } from './peers.mjs';
import { action } from './places.mjs';
import { manifest, startScene, variables } from './scene.mjs';

const what = 'setup with one App token';

export async function rows() {
  await using scene = await startScene();
  const inputs = { manifest: manifest(scene, { accounts: ['org-1'], hosts: [] }) };
  const ours = () => mainStep(action, { inputs, env: variables(scene) });
  const ratio = await roundRobin({ nothing, ours, peer: mint(scene, 'org-1') }, 25);
  return [
    { what: `${what} / node -e 0`, figure: ratio('ours', 'nothing') },
    { what: `${what} / create-github-app-token`, figure: ratio('ours', 'peer'), atMost: 0.8 },
  ];
}
