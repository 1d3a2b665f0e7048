import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeFolder } from '../app/keeping/folder.ts';
import { folderFor, runScene, spoil } from '../cli/keeping-run.ts';
import { type KeepingWorld, keepingScenes, openKeepingWorld } from '../cli/keeping-scenes.ts';
import { runLine } from '../cli/run-line.ts';
import { type Overhearing, overhear } from '../harness/overhearing.ts';
import { keys, sample, unique } from './json-page.ts';

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

/** What a scene of the verb prints. */
async function said(name: string): Promise<object> {
  const scene = keepingScenes(world)[name];
  if (scene === undefined) throw new Error(`there is no scene ${name}`);
  using folder = folderFor(scene, world);
  spoil(scene, world);
  const { stdout } = await runScene(scene, { flags: ['--json'], folder, world, ears });
  return JSON.parse(stdout);
}

async function printed(words: readonly string[], files: Readonly<Record<string, string>>): Promise<object> {
  using folder = makeFolder();
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(folder.file(name)), { recursive: true });
    folder.write(name, text);
  }
  const { stdout } = await runLine([...words, '--json'], { cwd: folder.path });
  return JSON.parse(stdout);
}

const login = `on: push
jobs:
  build:
    steps:
      - uses: docker/login-action@v3
        with: { username: acmebot, password: '\${{ secrets.HUB_TOKEN }}' }
`;
const unset = `version: 1
credentials: [{ name: lab, provider: gitlab, url: 'https://gitlab.example.com/lab', token: { env: LAB } }]
`;

describe('the page has the keys that programs get', () => {
  test.each<[string, () => Promise<readonly object[]>]>([
    ['credential add', async () => [await said('a manifest with a secret for a key')]],
    ['credential remove', async () => [await said('credential remove')]],
    [
      'upload',
      async () => [
        await said('upload'),
        await printed(['upload', '--manifest', 'm.yml', '--to', './stored'], { 'm.yml': unset }),
      ],
    ],
    ['rotate', async () => [await said('rotate'), await said('rotate into a store that refuses')]],
    ['init', async () => [await printed(['init'], { '.github/workflows/build.yml': login })]],
    ['cleanup', async () => [await printed(['cleanup'], {})]],
  ])('%s', async (heading, real) => {
    const all = (await real()).flatMap((one) => keys(one));
    expect(unique(keys(sample(heading)))).toEqual(unique(all));
  });
});
