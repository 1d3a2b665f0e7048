// The post step after one App token: removes the session and revokes, against create-github-app-token's.
import { newJob, runStep, withExports, withState } from './action.mjs';
import { roundRobin, run } from './measure.mjs';
import { postStep } from './peers.mjs';
import { dist, node, withFolder } from './places.mjs';
import { manifest, secrets, startScene } from './scene.mjs';

const rounds = 15;

export async function rows() {
  await using scene = await startScene();
  return withFolder(async (folder) => {
    const finished = { ours: [], peer: [] };
    const peer = await postStep(scene.forge, folder, 'org-1');
    for (let round = 0; round <= rounds; round++) {
      finished.ours.push(await setUp(scene, folder));
      if (peer) finished.peer.push(await postStep(scene.forge, folder, 'org-1'));
    }
    const times = await roundRobin(
      {
        nothing: () => run(node, ['-e', '0']),
        ours: () => finished.ours.pop()(),
        ...(peer && { peer: () => finished.peer.pop()() }),
      },
      rounds,
    );
    return [
      { what: 'post step / node -e 0', figure: times.ours / times.nothing },
      {
        what: "post step / create-github-app-token's",
        figure: peer ? times.ours / times.peer : null,
        atMost: 1,
      },
    ];
  });
}

/** A job whose main step is done; gives its post step, which can run once. */
async function setUp(scene, folder) {
  const job = newJob(folder, secrets(scene));
  await runStep(dist('main'), job, { manifest: manifest(scene, { accounts: ['org-1'], hosts: [] }) });
  return () => runStep(dist('post'), withState(withExports(job)));
}
