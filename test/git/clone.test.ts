import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Forge, startForge } from '../../src/demo/forge.ts';
import { removeSession } from '../../src/system/session-folder.ts';
import { type Job, startJob } from './job.ts';

let forge: Forge;
let job: Job;

beforeAll(async () => {
  forge = await startForge({
    repositories: [
      { name: 'lab/stats' },
      { name: 'acme/app', submodules: [{ path: 'stats', repository: 'lab/stats' }] },
      { name: 'acme/other' },
    ],
    tokens: [
      { token: 'canary-acme', owners: ['acme'] },
      { token: 'canary-lab', owners: ['lab'] },
    ],
  });
});
afterAll(() => forge.close());
beforeEach(() => {
  job = startJob();
});
afterEach(() => job[Symbol.dispose]());

function organisations() {
  return ['acme', 'lab'].map((name) => ({ name, url: `${forge.url}/${name}` }));
}

describe('after a setup', () => {
  test('a repository is cloned with and without .git, with submodules of another organisation', async () => {
    job.setUp({ samples: organisations() });
    for (const end of ['', '.git']) {
      const words = ['clone', '-q', '--recurse-submodules', `${forge.url}/acme/app${end}`, `app${end}`];
      expect(await job.git(words)).toEqual({ code: 0, output: '' });
      expect(existsSync(join(job.root, `app${end}/stats/README.md`))).toBe(true);
    }
  });

  test('nothing signs in once it is removed', async () => {
    const { folder } = job.setUp({ samples: organisations() });
    removeSession(folder);
    expect((await job.git(['ls-remote', `${forge.url}/acme/app`])).output).toContain(
      'could not read Username',
    );
  });
});
