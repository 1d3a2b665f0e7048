import { expect, test } from 'vitest';
import type { Rewrite } from '../../../src/core/host-rules.ts';
import type { GitPrefix } from '../../../src/core/session/grant.ts';
import { sshRule } from '../../../src/core/session/ssh-rule.ts';

const tool: GitPrefix = {
  location: { scheme: 'https', host: 'git.example.com', segments: ['Acme', 'tool'] },
  kind: 'repository',
  bare: false,
};
const spellings: readonly Rewrite[] = [
  'git@git.example.com:',
  'ssh://git@git.example.com/',
  'ssh://ci@git.example.com:2222/',
].flatMap((start) =>
  ['Acme/tool', 'acme/tool'].map((path) => ({
    from: `${start}${path}.git`,
    to: 'https://git.example.com/Acme/tool.git',
  })),
);

test('a repository: every spelling leads to the first ssh server', () => {
  expect(sshRule(tool, spellings, null)).toEqual({
    server: { user: 'git', host: 'git.example.com', port: 22 },
    base: 'ssh://git@git.example.com/Acme/tool.git',
    spellings: ['https://git.example.com/Acme/tool.git', ...spellings.map(({ from }) => from)],
    paths: ['Acme/tool', 'acme/tool'],
  });
});

test('a repository written without .git: rules do without it', () => {
  const rule = sshRule({ ...tool, bare: true }, spellings, null);
  expect(rule?.base).toBe('ssh://git@git.example.com/Acme/tool');
  expect(rule?.spellings).toContain('git@git.example.com:acme/tool');
  expect(rule?.spellings.some((spelling) => spelling.endsWith('.git'))).toBe(false);
});

test('the server that the credential names is preferred', () => {
  const preferred = { user: 'ci', host: 'git.example.com', port: 2222 };
  expect(sshRule(tool, spellings, preferred)).toMatchObject({
    server: preferred,
    base: 'ssh://ci@git.example.com:2222/Acme/tool.git',
  });
});

test('a namespace and a whole host', () => {
  const location = { ...tool.location, segments: ['my group'] };
  const rewrites = [
    { from: 'ssh://git@git.example.com/my%20group/', to: 'https://git.example.com/my%20group/' },
    { from: 'git@git.example.com:my%20group/', to: 'https://git.example.com/my%20group/' },
  ];
  expect(sshRule({ location, kind: 'namespace', bare: false }, rewrites, null)).toMatchObject({
    base: 'ssh://git@git.example.com/my%20group/',
    spellings: ['https://git.example.com/my%20group/', ...rewrites.map(({ from }) => from)],
    paths: ['my group/'],
  });
  const whole: GitPrefix = {
    location: { ...location, segments: [] },
    kind: 'host',
    bare: false,
  };
  const server = [{ from: 'ssh://git@git.example.com/', to: 'https://git.example.com/' }];
  expect(sshRule(whole, server, null)).toMatchObject({ base: 'ssh://git@git.example.com/', paths: [''] });
});

test("guards of a vendor's pages are no spellings; without an ssh address there is no rule", () => {
  const guard = { from: 'ssh://git@git.example.com/x.io', to: 'ssh://git@git.example.com/x.io' };
  expect(sshRule(tool, [guard], null)).toBe(null);
  expect(sshRule(tool, [guard, ...spellings], null)?.spellings).not.toContain(guard.from);
});
