import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Forge, startForge } from '../../../src/demo/forge.ts';
import { openSecret } from '../../stores/open-sealed.ts';
import { type Folder, makeFolder } from './folder.ts';

const [old, newer, storeToken] = ['canary-old-0123456789', 'canary-new-0123456789', 'canary-store-token'];
let forge: Forge;
beforeAll(async () => {
  forge = await startForge({
    repositories: [{ name: 'acme/rnaseq' }],
    tokens: [old, newer, storeToken].map((token) => ({ token, owners: ['acme'] })),
  });
});
afterAll(() => forge.close());

/** The secrets of this test are no secrets, so they may stand in its arguments. */
function start(folder: Folder, value: string) {
  const script = join(import.meta.dirname, 'upload-child.ts');
  return spawn(process.execPath, ['--no-warnings', script, folder.path, forge.url, value, storeToken], {
    stdio: 'ignore',
  });
}

/** The new value is where it was uploaded from all along, so it is known; what the store holds works in any case. */
test.each([
  ['before the store is looked at', 'GET /api/v3/repos/acme/rnaseq/actions/secrets/T', 'before', old],
  ['while the new value is tested', 'GET /api/v3/user', 'before', old],
  ['before it is written', 'PUT', 'before', old],
  ['after it is written', 'PUT', 'after', newer],
])('killed %s', async (_, match, moment, held) => {
  using folder = makeFolder();
  folder.write(
    'm.yml',
    `version: 1\ncredentials:\n  - { name: c, provider: github, url: '${forge.url}/acme', token: { env: T } }\n`,
  );
  await once(start(folder, old), 'exit');
  const child = start(folder, newer);
  forge.traffic.fail(
    ({ method, path }) => {
      if (!`${method} ${path}`.includes(match)) return false;
      child.kill('SIGKILL');
      return true;
    },
    moment === 'before' ? 'hang' : 'lose',
  );
  expect((await once(child, 'exit'))[1]).toBe('SIGKILL');
  forge.traffic.heal();
  expect(await openSecret(forge.state.shelves.get('acme/rnaseq'), 'T')).toBe(held);
  expect((await once(start(folder, newer), 'exit'))[0]).toBe(0);
  expect(await openSecret(forge.state.shelves.get('acme/rnaseq'), 'T')).toBe(newer);
});
