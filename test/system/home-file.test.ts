import { execFileSync } from 'node:child_process';
import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { changeDockerHome, dockerHome } from '../../src/system/docker-home.ts';
import { changeGitHome, gitHome } from '../../src/system/git-home.ts';
import { type HomeFile, lockOf, undoHomeFile } from '../../src/system/home-file.ts';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'home-file-'));
  mkdirSync(join(home, '.docker'));
});
afterEach(() => rmSync(home, { recursive: true }));

const session = { path: '/tmp/session', identity: { device: '1', inode: '2' } };
const isAlive = () => true;

interface Sample {
  readonly file: HomeFile<never>;
  readonly change: () => void;
}
const samples: Readonly<Record<string, Sample>> = {
  git: {
    file: gitHome as HomeFile<never>,
    change: () => changeGitHome({ home, session, isAlive, configFile: '/tmp/session/gitconfig' }),
  },
  docker: {
    file: dockerHome as HomeFile<never>,
    change: () => changeDockerHome({ home, session, isAlive, want: () => ({ auths: { 'ghcr.io': {} } }) }),
  },
};

/** An endless one. Who may write to /dev gets one apart: what goes wrong here must not cost the machine its own. */
function device(path: string): void {
  if (process.getuid?.() === 0) execFileSync('mknod', [path, 'c', '1', '5']);
  else symlinkSync('/dev/zero', path);
}

const others: Readonly<Record<string, (path: string) => void>> = {
  'a pipe': (path) => execFileSync('mkfifo', [path]),
  'a device': device,
  'a folder': (path) => mkdirSync(path),
};

describe.each(Object.entries(samples))("rule 24: %s's own file", (_name, { file, change }) => {
  test.each(Object.entries(others))('is left alone when it is %s', (_what, make) => {
    const path = join(home, file.name);
    make(path);
    const before = lstatSync(path).ino;
    expect(change).toThrow('left as it is');
    expect(lstatSync(path).ino).toBe(before);
    expect(readdirSync(dirname(path)).filter((name) => name !== '.docker')).toHaveLength(1);
  });

  test.each(Object.entries(others))(
    'that became %s meanwhile keeps its lock, and nobody waits',
    (_what, make) => {
      const path = join(home, file.name);
      writeFileSync(path, '{}');
      change();
      renameSync(path, `${path}.away`);
      make(path);
      expect(() => undoHomeFile(file, home)).toThrow('left as it is');
      rmSync(path, { recursive: true });
      renameSync(`${path}.away`, path);
      undoHomeFile(file, home);
      expect(readFileSync(path, 'utf8')).toBe('{}');
      expect(() => lstatSync(lockOf(file, home))).toThrow('ENOENT');
    },
  );
});

test('a lock of git that is a link leads to no other file', () => {
  const precious = join(home, 'precious');
  writeFileSync(precious, 'precious');
  symlinkSync(precious, join(home, '.gitconfig.lock'));
  samples.git?.change();
  expect(readFileSync(precious, 'utf8')).toBe('precious');
  expect(lstatSync(join(home, '.gitconfig')).isFile()).toBe(true);
  undoHomeFile(gitHome, home);
  expect(readdirSync(home).toSorted()).toEqual(['.docker', 'precious']);
});

test.each([
  ['git', /\.gitconfig cannot be changed: E[A-Z]+\.$/, 'git'],
  ['docker', /\.docker.config\.json cannot be changed: E[A-Z]+\.$/, 'docker'],
])('rule 24: where the file of %s cannot be written, it is named', (name, message, input) => {
  rmSync(home, { recursive: true });
  writeFileSync(home, '');
  expect(samples[name]?.change).toThrow(
    expect.objectContaining({
      code: 'session-failed',
      message: expect.stringMatching(message),
      hint: `Check that HOME may be written to, or use \`${input}: private\`, which leaves it alone.`,
    }),
  );
});
