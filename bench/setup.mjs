// The main step with 10 App installations, 10 registries and 20 repositories, against the peers that do the same.
import { mainStep, nothing } from './job.mjs';
import { roundRobin } from './measure.mjs';
import { usualActions } from './peers.mjs';
import { action, withFolder } from './places.mjs';
import { manifest, organisations, secrets, startScene } from './scene.mjs';

export async function rows() {
  await using scene = await startScene();
  const ours = () => mainStep(action, { inputs: { manifest: manifest(scene) }, env: secrets(scene) });
  return await withFolder(async (folder) => {
    const contestants = { nothing, ours };
    const peers = usualActions(scene, organisations, folder);
    if (peers) contestants.peers = peers;
    return [
      ...(await compare(scene, contestants, { latencyMs: 0, note: 'stretch 18x' })),
      ...(await compare(scene, contestants, { latencyMs: 60, atLeast: 10, note: 'stretch 13x' })),
      await requests(scene, ours),
    ];
  });
}

async function compare({ forge }, contestants, { latencyMs, ...budget }) {
  forge.traffic.latencyMs = latencyMs;
  const times = await roundRobin(contestants, 7);
  return [
    {
      what: `setup, 10 Apps, 10 registries, 20 repositories, API at ${latencyMs} ms / node -e 0`,
      figure: times.ours / times.nothing,
    },
    {
      what: `the same by its usual actions, API at ${latencyMs} ms / setup`,
      figure: times.peers ? times.peers / times.ours : null,
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
