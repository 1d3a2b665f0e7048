import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readGitFacts } from '../../src/system/git-facts.ts';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'git-facts-'));
});
afterEach(() => rmSync(home, { recursive: true }));

const read = (env: Record<string, string> = {}) =>
  readGitFacts({
    cwd: home,
    env: { PATH: process.env.PATH ?? '', HOME: home, GIT_CONFIG_NOSYSTEM: '1', ...env },
    workspace: null,
  });

test("git's version, and rules from wherever git takes them", async () => {
  writeFileSync(
    join(home, '.gitconfig'),
    '[include]\n\tpath = more\n[url "https://x:canary@h/"]\n\tinsteadOf = git@h:\n\tpushInsteadOf = https://h/\n',
  );
  writeFileSync(join(home, 'more'), '[url "b:"]\n\tinsteadOf = "two\\nlines"\n');
  writeFileSync(join(home, '.netrc'), 'machine h');
  const env = { GIT_CONFIG_COUNT: '1', GIT_CONFIG_KEY_0: 'url.c:.insteadof', GIT_CONFIG_VALUE_0: 'd:' };
  const { version, rewrites, netrc } = await read(env);
  expect(version?.[0]).toBe(2);
  expect(version?.[1]).toBeGreaterThan(20);
  expect(rewrites).toEqual([
    { kind: 'insteadOf', from: 'two\nlines' },
    { kind: 'insteadOf', from: 'git@h:' },
    { kind: 'pushInsteadOf', from: 'https://h/' },
    { kind: 'insteadOf', from: 'd:' },
  ]);
  expect(netrc).toBe('machine h');
});

test('nothing where there is nothing', async () => {
  expect(await read()).toMatchObject({ rewrites: [], netrc: null });
  expect(await read({ PATH: home })).toEqual({ version: null, rewrites: [], netrc: null });
});

test('a git that does not trace is too old', async () => {
  writeFileSync(join(home, 'git'), '#!/bin/sh\nexit 1\n');
  chmodSync(join(home, 'git'), 0o755);
  expect((await read({ PATH: home })).version).toEqual([0, 0]);
});
