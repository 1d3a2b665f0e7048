import { afterAll, beforeAll, expect, test } from 'vitest';
import { breakOnce, folderFor, runScene } from '../cli/keeping-run.ts';
import { type KeepingWorld, keepingScenes, openKeepingWorld, type Scene } from '../cli/keeping-scenes.ts';
import { type Overhearing, overhear } from '../harness/overhearing.ts';

// Some hundred command lines, of which some wait for a host: too long for a unit test.
let world: KeepingWorld;
let ears: Overhearing;
beforeAll(async () => {
  world = await openKeepingWorld();
  ears = overhear();
});
afterAll(async () => {
  ears[Symbol.dispose]();
  await world[Symbol.asyncDispose]();
});

/** The requests that a scene sends, by host and number. */
async function requestsOf(scene: Scene) {
  using folder = folderFor(scene, world);
  const from = { forge: world.forge.traffic.requests.length, gitlab: world.gitlab.traffic.requests.length };
  await runScene(scene, { flags: [], folder, world, ears });
  return (['forge', 'gitlab'] as const).flatMap((at) =>
    world[at].traffic.requests.slice(from[at]).map((_, index) => ({ at, index })),
  );
}

test('no secret shows when any request of any scene fails, its host saying back what it was sent', {
  timeout: 120_000,
}, async () => {
  let runs = 0;
  for (const scene of Object.values(keepingScenes(world)).filter(
    ({ code, broken }) => code === 0 && broken === undefined,
  )) {
    for (const { at, index } of await requestsOf(scene)) {
      for (const status of [200, 400, 401, 403, 422]) {
        const flags = runs++ % 2 === 0 ? [] : ['--json', '--verbose'];
        using folder = folderFor(scene, world);
        let left = index;
        breakOnce({ traffic: world[at].traffic, fits: () => left-- === 0, status, isDone: true });
        await runScene(scene, { flags, folder, world, ears });
      }
    }
  }
  expect(runs).toBeGreaterThan(400);
});
