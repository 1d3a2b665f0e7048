import { existsSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { keepingVerbs } from '../../src/cli/keeping-verbs.ts';
import type { LoggedRequest } from '../../src/demo/traffic.ts';
import { first, manager } from '../app/keeping/rotate-scene.ts';
import { findSecrets } from '../harness/leaks.ts';
import { type Overhearing, overhear } from '../harness/overhearing.ts';
import { folderFor, runScene, spoil } from './keeping-run.ts';
import {
  type KeepingWorld,
  keepingScenes,
  openKeepingWorld,
  type Scene,
  storeToken,
  token,
  wrong,
} from './keeping-scenes.ts';

let world: KeepingWorld;
let ears: Overhearing;
let scenes: Readonly<Record<string, Scene>>;
beforeAll(async () => {
  world = await openKeepingWorld();
  ears = overhear();
  scenes = keepingScenes(world);
});
afterAll(async () => {
  ears[Symbol.dispose]();
  await world[Symbol.asyncDispose]();
});

test('every verb is seen to work and to fail', () => {
  const all = Object.values(scenes);
  const begins = (name: string) => (scene: Scene) => scene.words.join(' ').startsWith(`${name} `);
  const worked = keepingVerbs.filter(({ name }) => all.some((one) => begins(name)(one) && one.code === 0));
  const failed = keepingVerbs.filter(({ name }) => all.some((one) => begins(name)(one) && one.code > 0));
  expect(failed).toEqual(keepingVerbs);
  // An App is made in a browser: test/app/keeping/create-app.test.ts looks at what is said then.
  expect(keepingVerbs.filter((verb) => !worked.includes(verb)).map(({ name }) => name)).toEqual([
    'app create',
  ]);
});

test('no secret shows, in any scene, with --json or without', { timeout: 60_000 }, async () => {
  for (const [name, scene] of Object.entries(scenes)) {
    using folder = folderFor(scene, world);
    spoil(scene, world);
    const { code, stderr } = await runScene(scene, { flags: [], folder, world, ears });
    expect([name, code], stderr).toEqual([name, scene.code]);
    spoil(scene, world);
    await runScene(scene, { flags: ['--json', '--verbose'], folder, world, ears });
    expect(existsSync(folder.file('m.yml'))).toBe(true);
  }
});

test('each host got only what is for it', async () => {
  const headers = (requests: readonly LoggedRequest[]) =>
    requests.map((one) => `${one.header} ${JSON.stringify(one.headers)}`).join('\n');
  const bodies = (requests: readonly LoggedRequest[]) =>
    requests.map(({ body }) => JSON.stringify(body ?? '')).join('\n');
  const [forge, gitlab] = [world.forge.traffic.requests, world.gitlab.traffic.requests];
  expect(await findSecrets({ gitlab: headers(gitlab) }, [token, wrong, storeToken])).toEqual([]);
  // A manifest that is stored with everything in it holds other hosts' secrets.
  expect(await findSecrets({ gitlab: bodies(gitlab) }, [wrong, storeToken])).toEqual([]);
  expect(await findSecrets({ forge: headers(forge) + bodies(forge) }, [manager, first])).toEqual([]);
});
