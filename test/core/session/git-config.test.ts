import { expect, test } from 'vitest';
import { renderGitConfig } from '../../../src/core/session/git-config.ts';
import type { WrittenSection } from '../../../src/core/session/git-sections.ts';
import { location } from '../selection/samples.ts';
import { sectionAt } from './section.ts';

test('a namespace', () => {
  const rewrites = [{ from: 'git@github.com:acme/', to: 'https://github.com/acme/' }];
  expect(
    renderGitConfig([sectionAt('https://github.com/acme', 'namespace', { rewrites })]),
  ).toBe(`[credential "https://github.com/acme"]
helper =
helper = "!f() { [ $1 = get ] && while IFS= read -r l; do printf %s\\\\\\\\n \\"$l\\"; done; } 2>/dev/null <'/tmp/session/secret/1'; f"
useHttpPath = true
[http "https://github.com/acme"]
extraheader =
proactiveAuth = auto
sslVerify = true
[lfs "https://github.com/acme"]
access = basic
[url "https://github.com/acme/"]
insteadOf = https://github.com/acme/
pushInsteadOf = https://github.com/acme/
insteadOf = git@github.com:acme/
`);
});

test('a repository, with and without .git', () => {
  const rewrites = [{ from: 'git@github.com:acme/a.git', to: 'https://github.com/acme/a.git' }];
  const text = renderGitConfig([sectionAt('https://github.com/acme/a', 'repository', { rewrites })]);
  expect(headers(text)).toEqual([
    'credential "https://github.com/acme/a"',
    'http "https://github.com/acme/a"',
    'credential "https://github.com/acme/a.git"',
    'http "https://github.com/acme/a.git"',
    'lfs "https://github.com/acme/a.git"',
    'url "https://github.com/acme/a.git"',
  ]);
});

test('rule 11: rules of a repository end in .git, unless somebody left it out', () => {
  const rewrites = [{ from: 'git@github.com:acme/a.git', to: 'https://github.com/acme/a.git' }];
  const rules = (bare: boolean) =>
    renderGitConfig([sectionAt('https://github.com/acme/a', 'repository', { rewrites, bare })]).match(
      /^insteadOf = .*$/gm,
    );
  expect(rules(false)).toEqual([
    'insteadOf = https://github.com/acme/a.git',
    'insteadOf = git@github.com:acme/a.git',
  ]);
  expect(rules(true)).toEqual(['insteadOf = https://github.com/acme/a', 'insteadOf = git@github.com:acme/a']);
});

test('where nobody signs in, git asks nobody, and ssh addresses stay', () => {
  const { prefix } = sectionAt('https://github.com/acme/a', 'namespace');
  const rewrites = [{ from: 'git@github.com:acme/a/', to: 'https://github.com/acme/a/' }];
  expect(
    renderGitConfig([{ prefix, rewrites, does: 'block' }]),
  ).toBe(`[credential "https://github.com/acme/a"]
helper =
useHttpPath = true
[http "https://github.com/acme/a"]
extraheader =
proactiveAuth = none
sslVerify = true
[lfs "https://github.com/acme/a"]
access = none
[url "git@github.com:acme/a/"]
insteadOf = git@github.com:acme/a/
pushInsteadOf = git@github.com:acme/a/
`);
});

test('one that may only read leaves pushes to ssh addresses alone', () => {
  const rewrites = [{ from: 'git@github.com:acme/', to: 'https://github.com/acme/' }];
  const text = renderGitConfig([
    sectionAt('https://github.com/acme', 'namespace', { rewrites, readOnly: true }),
  ]);
  expect(text.slice(text.indexOf('[url'))).toBe(`[url "https://github.com/acme/"]
insteadOf = https://github.com/acme/
insteadOf = git@github.com:acme/
[url "git@github.com:acme/"]
pushInsteadOf = git@github.com:acme/
`);
});

test('fewest segments first, whatever the order; of two for one place the later', () => {
  const file = (number: number) => ({ files: [`/s/${number}`] });
  const text = renderGitConfig([
    sectionAt('https://github.com/acme/deep/er', 'namespace', file(1)),
    sectionAt('https://github.com/acme', 'namespace', file(2)),
    sectionAt('https://github.com', 'host', file(3)),
    sectionAt('https://github.com/acme', 'namespace', file(4)),
  ]);
  expect(headers(text).filter((header) => header.startsWith('credential'))).toEqual([
    'credential "https://github.com"',
    'credential "https://github.com/acme"',
    'credential "https://github.com/acme/deep/er"',
  ]);
  expect(text.match(/\/s\/\d/g)).toEqual(['/s/3', '/s/4', '/s/1']);
});

test('rule 8: http, which is for loopback only, goes through no proxy', () => {
  expect(renderGitConfig([sectionAt('http://127.0.0.1:8080/acme', 'namespace')])).toContain('\nproxy =\n');
  expect(renderGitConfig([sectionAt('https://github.com/acme', 'namespace')])).not.toContain('proxy =');
});

test('a file that a container may see elsewhere is looked for in both places', () => {
  const files = ['/home/runner/_temp/s/secret/1', '/github/runner_temp/s/secret/1'];
  expect(renderGitConfig([sectionAt('https://github.com/acme', 'namespace', { files })])).toContain(
    `for p in '/home/runner/_temp/s/secret/1' '/github/runner_temp/s/secret/1'; do`,
  );
});

test.each(['\n', '\r', '\0'])('a line break cannot begin a section of its own: %j', (character) => {
  const section: WrittenSection = {
    ...sectionAt('https://github.com/acme', 'namespace'),
    rewrites: [{ from: `a${character}[x]`, to: 'b' }],
  };
  expect(() => renderGitConfig([section])).toThrow('line break');
});

test('quotes and backslashes stay inside their quotes', () => {
  const files = [`/tmp/it's "here"\\`];
  const text = renderGitConfig([sectionAt('https://github.com/acme', 'namespace', { files })]);
  expect(text).toContain(`<'/tmp/it'\\\\''s \\"here\\"\\\\'; f"`);
  const odd = {
    ...sectionAt('https://h/x', 'namespace').prefix,
    location: { ...location('https://h/x'), segments: ['a"b'] },
  };
  expect(renderGitConfig([{ prefix: odd, rewrites: [], does: 'block' }])).toContain(
    '[credential "https://h/a%22b"]',
  );
});

function headers(text: string): readonly string[] {
  return [...text.matchAll(/^\[(.*)\]$/gm)].map(([, header = '']) => header);
}

test.each([
  [[2, 45], false],
  [[2, 46], true],
  [[3, 0], true],
  [null, true],
] as const)('git %j is asked to sign in first: %s', (version, asked) => {
  const text = renderGitConfig([sectionAt('https://github.com/acme', 'namespace')], version);
  expect(text.includes('proactiveAuth = auto')).toBe(asked);
});
