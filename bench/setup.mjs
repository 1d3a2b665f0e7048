// The main step with 10 App installations, 10 registries and 20 repositories, against the peers that do the same.
import { mainStep, nothing } from './job.mjs';
import { roundRobin } from './measure.mjs';
import { usualActions } from './peers.mjs';
import { action, withFolder } from './places.mjs';
import { manifest, organisations, startScene, variables } from './scene.mjs';

export async function rows() {
  await using scene = await startScene();
  const ours = () => mainStep(action, { inputs: { manifest: manifest(scene) }, env: variables(scene) });
  return await withFolder(async (folder) => {
    const contestants = { nothing, ours, peers: usualActions(scene, organisations, folder) };
    return [
      ...(await compare(scene, contestants, { latencyMs: 0, note: 'stretch 18x' })),
      ...(await compare(scene, contestants, { latencyMs: 60, atLeast: 10, note: 'stretch 13x' })),
      await requests(scene, ours),
    ];
  });
}

async function compare({ forge }, contestants, { latencyMs, ...budget }) {
  forge.traffic.latencyMs = latencyMs;
  const ratio = await roundRobin(contestants, 9);
  return [
    {
      what: `setup, 10 Apps, 10 registries, 20 repositories, API at ${latencyMs} ms / node -e 0`,
      figure: ratio('ours', 'nothing'),
    },
    {
      what: `the same by its usual actions, API at ${latencyMs} ms / setup`,
      figure: ratio('peers', 'ours'),
      ...budget,
    },
  ];
}

/** One mint per installation and permission set, plus one lookup per owner or one listing. */
async function requests({ forge }, setup) {
  forge.traffic.requests.length = 0;
  await setup();
  const figure = forge.traffic.requests.length;
  return { what: 'requests of that setup', figure, unit: '', atMost: 2 * organisations.length };
}
