// The post step after one App token: removes the session and revokes, against create-github-app-token's.
import { nothing, postStep } from './job.mjs';
import { roundRobin } from './measure.mjs';
import { mintPost } from './peers.mjs';
import { action } from './places.mjs';
import { manifest, startScene, variables } from './scene.mjs';

export async function rows() {
  await using scene = await startScene();
  const inputs = { manifest: manifest(scene, { accounts: ['org-1'], hosts: [] }) };
  const ours = () => postStep(action, { inputs, env: variables(scene) });
  const ratio = await roundRobin({ nothing, ours, peer: mintPost(scene, 'org-1') }, 25);
  return [
    { what: 'post step / node -e 0', figure: ratio('ours', 'nothing') },
    { what: "post step / create-github-app-token's", figure: ratio('ours', 'peer'), atMost: 1 },
  ];
}
