// The main step with 10 App installations, 10 registries and 20 repositories, against the peers that do the same.
import { newJob, runStep } from './action.mjs';
import { roundRobin, run } from './measure.mjs';
import { loginAction, mintTokens } from './peers.mjs';
import { dist, node, withFolder } from './places.mjs';
import { manifest, organisations, secrets, startScene } from './scene.mjs';

export async function rows() {
  await using scene = await startScene();
  return withFolder(async (folder) => {
    const found = [
      await compare(scene, folder, { latencyMs: 0 }),
      await compare(scene, folder, { latencyMs: 60, atLeast: 10 }),
    ];
    return [...found.flat(), ...(await requests(scene, folder))];
  });
}

async function compare(scene, folder, { latencyMs, atLeast }) {
  scene.forge.traffic.latencyMs = latencyMs;
  const contestants = {
    nothing: () => run(node, ['-e', '0']),
    ours: () => setup(scene, folder),
  };
  const peers = [mintTokens(scene.forge, folder, organisations), loginAction(folder, scene.registries)];
  if (!peers.includes(null)) {
    contestants.peers = async () => {
      for (const peer of peers) await peer();
      for (let number = 0; number < 20; number++) await gitConfig(folder, number);
    };
  }
  const times = await roundRobin(contestants, 7);
  const what = `setup, 10 Apps, 10 registries, 20 repositories, API at ${latencyMs} ms`;
  return [
    { what: `${what} / node -e 0`, figure: times.ours / times.nothing },
    {
      what: `the same by its usual actions, API at ${latencyMs} ms / ours`,
      figure: times.peers ? times.peers / times.ours : null,
      ...(atLeast && { atLeast }),
      note: `stretch ${latencyMs === 0 ? 18 : 13}x`,
    },
  ];
}

/** One mint per installation and permission set, plus one lookup per owner or one listing. */
async function requests(scene, folder) {
  scene.forge.traffic.requests.length = 0;
  await setup(scene, folder);
  const figure = scene.forge.traffic.requests.length;
  return [{ what: 'requests of that setup', figure, unit: '', atMost: 2 * organisations.length }];
}

function setup(scene, folder) {
  return runStep(dist('main'), newJob(folder, secrets(scene)), { manifest: manifest(scene) });
}

function gitConfig(folder, number) {
  const value = `Authorization: Basic canary-${number}`;
  return run('git', [
    'config',
    '--file',
    `${folder}/gitconfig`,
    `http.https://example.com/${number}.extraheader`,
    value,
  ]);
}
