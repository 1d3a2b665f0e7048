import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Forge, startForge } from '../../src/demo/forge.ts';
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
    await job.setUp({ samples: organisations() });
    for (const end of ['', '.git']) {
      const words = ['clone', '-q', '--recurse-submodules', `${forge.url}/acme/app${end}`, `app${end}`];
      expect(await job.git(words)).toEqual({ code: 0, output: '' });
      expect(existsSync(join(job.root, `app${end}/stats/README.md`))).toBe(true);
    }
  });

  test('nothing signs in once it is cleaned up', async () => {
    await job.setUp({ samples: organisations() });
    const kept = { ...job.env };
    expect((await job.cleanUp()).warnings).toEqual([]);
    const words = ['ls-remote', `${forge.url}/acme/app`];
    expect((await job.git(words)).output).toContain('could not read Username');
    // A step that was not told either.
    expect((await job.git(words, { env: kept })).output).toContain('could not read Username');
  });
});
