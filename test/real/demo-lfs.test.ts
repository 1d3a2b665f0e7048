import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { devNull, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Forge, startForge } from '../../src/demo/forge.ts';

let forge: Forge;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lfs-test-'));
  forge = await startForge({
    repositories: [
      { name: 'acme/data', files: { '.gitattributes': '*.bam filter=lfs diff=lfs merge=lfs -text\n' } },
    ],
    tokens: [
      { token: 'canary-write', owners: ['acme'] },
      { token: 'canary-read', owners: ['acme'], access: 'read' },
      { token: 'canary-foreign', owners: ['lab'] },
    ],
  });
});
afterAll(async () => {
  await forge.close();
  await rm(folder, { recursive: true, force: true });
});

async function git(token: string, ...args: string[]): Promise<string> {
  const helper = `!f() { echo username=x; echo password=${token}; }; f`;
  const filter = ['clean', 'smudge'].flatMap((name) => ['-c', `filter.lfs.${name}=git-lfs ${name} -- %f`]);
  const author = ['-c', 'user.name=Test', '-c', 'user.email=test@example.com'];
  const env = {
    PATH: process.env.PATH,
    HOME: folder,
    GIT_CONFIG_GLOBAL: devNull,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
  };
  const all = ['-c', `credential.helper=${helper}`, ...filter, ...author, ...args];
  const { stdout, stderr } = await promisify(execFile)('git', all, { cwd: folder, env });
  return stdout + stderr;
}

test('git-lfs pushes a large file, and fetches it where it may', async () => {
  const url = `${forge.url}/acme/data.git`;
  await git('canary-write', 'clone', '-q', url, 'first');
  const content = 'reads'.repeat(100_000);
  await writeFile(join(folder, 'first/sample.bam'), content);
  await git('canary-write', '-C', 'first', 'add', '.');
  await git('canary-write', '-C', 'first', 'commit', '-qm', 'Add a sample');
  const refused = git('canary-read', '-C', 'first', 'lfs', 'push', 'origin', 'main');
  await expect(refused).rejects.toThrow(/not granted|403|denied/);
  expect(forge.traffic.requests.filter(({ method }) => method === 'PUT')).toEqual([]);
  await git('canary-write', '-C', 'first', 'lfs', 'push', 'origin', 'main');
  await git('canary-write', '-C', 'first', 'push', '-q', '--no-verify', 'origin', 'main');

  await git('canary-read', 'clone', '-q', url, 'second');
  expect(await readFile(join(folder, 'second/sample.bam'), 'utf8')).toBe(content);
  await rm(join(folder, 'second/.git/lfs/objects'), { recursive: true });
  await expect(git('canary-foreign', '-C', 'second', 'lfs', 'fetch')).rejects.toThrow(/not found|404/i);
});
