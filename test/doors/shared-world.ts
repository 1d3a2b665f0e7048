import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { type Laptop, openLaptop } from './laptop.ts';
import { openWorld, type World } from './world.ts';

/** One world for all tests of a file, and for each a laptop of its own that has the manifest. */
export function shareWorld() {
  let world: World;
  let laptop: Laptop;
  beforeAll(async () => {
    world = await openWorld();
  });
  afterAll(() => world[Symbol.asyncDispose]());
  beforeEach(() => {
    laptop = openLaptop({ env: { ...world.secrets, PIPELINE_CREDENTIALS: world.manifest } });
  });
  afterEach(() => {
    laptop[Symbol.dispose]();
    world.forge.state.minted.clear();
  });
  return {
    get world() {
      return world;
    },
    get laptop() {
      return laptop;
    },
    /** Nothing of a session is left, here or at the forge. */
    expectNothingLeft: () => expect([laptop.left(), world.alive()]).toEqual([[], 0]),
  };
}
