// One App token for one repository, against create-github-app-token.
import { newJob, runStep } from './action.mjs';
import { roundRobin, run } from './measure.mjs';
import { mintTokens } from './peers.mjs';
import { dist, node, withFolder } from './places.mjs';
import { manifest, secrets, startScene } from './scene.mjs';

export async function rows() {
  await using scene = await startScene();
  const owner = 'org-1';
  return withFolder(async (folder) => {
    const given = manifest(scene, { accounts: [owner], hosts: [] });
    const peer = mintTokens(scene.forge, folder, [owner]);
    const times = await roundRobin(
      {
        nothing: () => run(node, ['-e', '0']),
        ours: () => runStep(dist('main'), newJob(folder, secrets(scene)), { manifest: given }),
        ...(peer && { peer }),
      },
      15,
    );
    return [
      { what: 'setup with one App token / node -e 0', figure: times.ours / times.nothing },
      {
        what: 'setup with one App token / create-github-app-token',
        figure: peer ? times.ours / times.peer : null,
        atMost: 0.8,
      },
    ];
  });
}
