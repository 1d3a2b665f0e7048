import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  plainSshCommand,
  type SshChoice,
  sshCommand,
  sshFiles,
} from '../../../src/core/session/ssh-files.ts';
import type { SshRule } from '../../../src/core/session/ssh-rule.ts';

const root = mkdtempSync(join(tmpdir(), "ssh it's $HOME "));
const bin = join(root, 'bin');

beforeAll(() => {
  mkdirSync(bin);
  writeFileSync(join(bin, 'ssh'), '#!/bin/sh\nprintf "%s\\n" ssh "$@"\n');
  writeFileSync(join(bin, 'theirs'), '#!/bin/sh\nprintf "%s\\n" theirs "$@"\n');
  for (const name of ['ssh', 'theirs']) chmodSync(join(bin, name), 0o755);
});
afterAll(() => rmSync(root, { recursive: true }));

function rule(path: string, user = 'git', host = 'git.example.com', port = 22): SshRule {
  return { server: { user, host, port }, base: '', spellings: [], paths: [path] };
}

/** One rule for each key, which are numbered from 1. */
function choices(...rules: readonly (SshRule & { readOnly?: boolean })[]) {
  return (folder: string): readonly SshChoice[] =>
    rules.map((rule, index) => ({ rule, folder, number: index + 1, readOnly: rule.readOnly ?? false }));
}

/** Writes the files, runs the command as git does, and tells which program and which key it came to. */
function run(
  keys: ReturnType<typeof choices>,
  args: readonly string[],
  earlier: string | null = null,
  env = {},
): string {
  const folder = mkdtempSync(join(root, 'session '));
  const secrets = keys(folder).map(({ number }) => ({ name: `secret/${number}`, content: '' }));
  for (const { name, content } of [...sshFiles(keys(folder)), ...secrets]) {
    mkdirSync(join(folder, dirname(name)), { recursive: true });
    writeFileSync(join(folder, name), String(content));
  }
  const command = `${sshCommand(folder, earlier)} "$@"`;
  const output = execFileSync('sh', ['-c', command, 'git', ...args], {
    cwd: root,
    encoding: 'utf8',
    env: { PATH: `${bin}:${process.env.PATH}`, HOME: root, GIT_CONFIG_NOSYSTEM: '1', ...env },
  }).trimEnd();
  const lines = output.split('\n');
  expect(lines.slice(-args.length)).toEqual(args);
  const at = lines.indexOf('-i');
  return at < 0 ? lines.slice(0, -args.length).join(' ') : `key ${lines[at + 1]?.replace('secret/', '')}`;
}

const keys = choices(
  rule('acme/'),
  { ...rule('acme/private'), readOnly: true },
  rule('', 'acme', 'acme.ghe.com', 22),
  rule('lab/tool', 'git', '::1', 2222),
);

describe('the key that covers what git asks for', () => {
  test.each([
    ['a repository below a namespace', ['git@git.example.com', "git-upload-pack 'acme/tool.git'"], 'key 1'],
    ['its ssh:// form', ['git@git.example.com', "git-upload-pack '/acme/tool'"], 'key 1'],
    ['deeper', ['git@git.example.com', "git-upload-pack 'acme/a/b/c.git'"], 'key 1'],
    ['the more specific one', ['git@git.example.com', "git-upload-pack 'acme/private.git'"], 'key 2'],
    [
      'with options',
      ['-o', 'SendEnv=GIT_PROTOCOL', 'git@git.example.com', "git-upload-pack 'acme/x'"],
      'key 1',
    ],
    ['a whole host', ['acme@acme.ghe.com', "git-receive-pack 'any/thing.git'"], 'key 3'],
    ['a port', ['-p', '2222', 'git@::1', "git-upload-pack 'lab/tool.git'"], 'key 4'],
    ['git-lfs', ['git@git.example.com', 'git-lfs-authenticate acme/private.git download'], 'key 2'],
    ['an archive', ['git@git.example.com', "git-upload-archive 'acme/tool.git'"], 'key 1'],
    ['a push', ['git@git.example.com', "git-receive-pack 'acme/tool.git'"], 'key 1'],
    [
      'a push where the key may only read',
      ['git@git.example.com', "git-receive-pack 'acme/private.git'"],
      'key 1',
    ],
    [
      'an upload where it may only read',
      ['git@git.example.com', 'git-lfs-authenticate acme/private.git upload'],
      'key 1',
    ],
  ])('%s', (_, args, expected) => {
    expect(run(keys, args)).toBe(expected);
  });

  test.each([
    ['a neighbour', ['git@git.example.com', "git-upload-pack 'acme-evil/tool.git'"]],
    ['the namespace itself', ['git@git.example.com', "git-upload-pack 'acm'"]],
    ['another user', ['root@git.example.com', "git-upload-pack 'acme/tool.git'"]],
    ['another host', ['git@git.example.com.evil.example', "git-upload-pack 'acme/tool.git'"]],
    ['another port', ['-p', '2222', 'git@git.example.com', "git-upload-pack 'acme/tool.git'"]],
    [
      'a repository whose name begins the same',
      ['-p', '2222', 'git@::1', "git-upload-pack 'lab/tool.github.io'"],
    ],
    ['no git command', ['git@git.example.com', "sh 'acme/tool.git'"]],
    ['no command at all', ['-G', 'git@git.example.com']],
    ['a glob', ['git@git.example.com', "git-upload-pack '*/tool.git'"]],
  ])('not %s', (_, args) => {
    expect(run(keys, args)).toBe('ssh');
  });

  test('not where nobody may sign in, though it covers that', () => {
    const closed: typeof keys = (folder) => [
      ...keys(folder),
      { rule: rule('acme/closed'), folder, number: null, readOnly: false },
    ];
    const ask = (path: string) => run(closed, ['git@git.example.com', `git-upload-pack '${path}'`], 'theirs');
    expect(ask('acme/closed.git')).toBe('theirs');
    expect(ask('acme/closed-not.git')).toBe('key 1');
  });

  test('a name with everything in it is that name alone', () => {
    const name = fc.stringMatching(/^[a-z*?$"'`\\{}()[\]|;&<> !#~=-]{1,12}$/);
    fc.assert(
      fc.property(name, name, (path, other) => {
        fc.pre(!path.endsWith('.git') && !/['!]/.test(path + other));
        const server = 'git@git.example.com';
        expect(run(choices(rule(path)), [server, `git-upload-pack '${path}.git'`])).toBe('key 1');
        expect(run(choices(rule(path)), [server, `git-upload-pack '${other}'`])).toBe(
          other === path ? 'key 1' : 'ssh',
        );
      }),
      { numRuns: 40 },
    );
  });
});

describe('what no key covers goes on as before', () => {
  const other = ['git@git.example.com', "git-upload-pack 'other/tool.git'"];

  test('by GIT_SSH_COMMAND as it was', () => {
    expect(run(keys, other, 'theirs -x "a b"')).toBe('theirs -x a b');
    expect(run(keys, other, 'A=1 theirs')).toBe('theirs');
  });

  test("by git's core.sshCommand", () => {
    const config = {
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: 'core.sshCommand',
      GIT_CONFIG_VALUE_0: 'theirs -y',
    };
    expect(run(keys, other, null, config)).toBe('theirs -y');
  });

  test('as if GIT_SSH_COMMAND were not set, where it cannot be unset', () => {
    const go = (env: Record<string, string>) =>
      execFileSync('sh', ['-c', `${plainSshCommand} "$@"`, 'git', ...other], {
        cwd: root,
        encoding: 'utf8',
        env: { PATH: `${bin}:${process.env.PATH}`, HOME: root, GIT_CONFIG_NOSYSTEM: '1', ...env },
      }).split('\n')[0];
    expect([go({}), go({ GIT_SSH: join(bin, 'theirs') })]).toEqual(['ssh', 'theirs']);
  });

  test('by GIT_SSH', () => {
    expect(run(keys, other, null, { GIT_SSH: join(bin, 'theirs') })).toBe('theirs');
  });

  test('also for covered repositories, once the key is gone', () => {
    expect(run(choices(), ['git@git.example.com', "git-upload-pack 'acme/tool.git'"], 'theirs')).toBe(
      'theirs',
    );
  });
});
