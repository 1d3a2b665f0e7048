// The post step after one App token: removes the session and revokes, against create-github-app-token's.
import { nothing, postStep } from './job.mjs';
import { roundRobin } from './measure.mjs';
import { mintPost } from './peers.mjs';
import { action } from './places.mjs';
import { manifest, secrets, startScene } from './scene.mjs';

export async function rows() {
  await using scene = await startScene();
  const inputs = { manifest: manifest(scene, { accounts: ['org-1'], hosts: [] }) };
  const peer = mintPost(scene, 'org-1');
  const ours = () => postStep(action, { inputs, env: secrets(scene) });
  const times = await roundRobin({ nothing, ours, ...(peer && { peer }) }, 15);
  return [
    { what: 'post step / node -e 0', figure: times.ours / times.nothing },
    {
      what: "post step / create-github-app-token's",
      figure: peer ? times.ours / times.peer : null,
      atMost: 1,
    },
  ];
}
