import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { init } from '../../../src/app/keeping/init.ts';
import { readManifests } from '../../../src/core/manifest/read.ts';
import { gitProviders } from '../../../src/providers/index.ts';
import { keepingContext } from './context.ts';
import { makeFolder } from './folder.ts';

function put(root: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

const workflow = `on: push
jobs:
  build:
    runs-on: ubuntu-latest
    container: ghcr.io/acme/ci:3
    services:
      db: { image: 'postgres:16' }
    steps:
      - uses: actions/create-github-app-token@v2
        with: { app-id: '\${{ vars.APP_ID }}', private-key: '\${{ secrets.APP_KEY }}', owner: globex }
      - uses: actions/checkout@v5
        with: { repository: globex/reference, token: '\${{ secrets.GLOBEX_TOKEN }}' }
      - uses: docker/login-action@v3
        with: { registry: quay.io, username: acme+bot, password: '\${{ secrets.QUAY }}' }
      - uses: docker/login-action@v3
        with: { registry: ghcr.io, username: '\${{ github.actor }}', password: '\${{ secrets.GITHUB_TOKEN }}' }
      - uses: docker/login-action@v3
        with: { username: acmebot, password: canary-in-the-clear }
      - uses: webfactory/ssh-agent@v0.9
      - run: echo
`;
const files = {
  '.gitmodules':
    '[submodule "lib"]\n\tpath = lib\n\turl = git@github.com:acme/lib.git\n[submodule "near"]\n\tpath = near\n\turl = ../near.git\n',
  Dockerfile:
    'ARG V=1\nFROM --platform=linux/amd64 quay.io/biocontainers/samtools:1.20 AS tools\nFROM debian:12\nCOPY --from=tools /x /x\nFROM $BASE\n',
  'compose.yaml': 'services:\n  a: { image: registry.example.com/lab/api:2 }\n  b: { build: . }\n',
  '.github/workflows/ci.yml': workflow,
  'nextflow.config': "process { withName: ALIGN { container = 'quay.io/biocontainers/bwa:0.7' } }\n",
  'modules/x/main.nf': 'process X {\n  container "ghcr.io/acme/x:1"\n  script: "true"\n}\n',
  '.gitlab-ci.yml': 'image: { name: registry.gitlab.com/acme/ci }\n',
  'node_modules/y/Dockerfile': 'FROM evil.example.com/x\n',
};

test('a first manifest from what is there', () => {
  using folder = makeFolder();
  execFileSync('git', ['init', '-q', folder.path]);
  execFileSync('git', ['-C', folder.path, 'remote', 'add', 'origin', 'git@github.com:acme/pipeline.git']);
  put(folder.path, files);
  const result = init({ manifest: null, dryRun: false }, keepingContext({ cwd: folder.path }));
  const text = folder.read('pipeline-credentials.yml');
  expect(text.split('\n').slice(1).join('\n')).toBe(`version: 1
credentials:
  # as in .github/workflows/ci.yml
  - name: globex-app
    provider: github
    organization: globex
    app:
      app-id: { env: APP_ID }
      private-key: { env: APP_KEY }
  # as in .github/workflows/ci.yml
  - name: globex
    provider: github
    organization: globex
    token: { env: GLOBEX_TOKEN }
  # as in .github/workflows/ci.yml
  - name: quay-io
    provider: registry
    registry: quay.io
    username: acme+bot
    password: { env: QUAY }
  # as in .github/workflows/ci.yml
  - name: ghcr-io
    provider: registry
    registry: ghcr.io
    username: { env: GITHUB_ACTOR }
    password: { env: GITHUB_TOKEN }
repositories:
  - https://github.com/acme/lib
  - https://github.com/globex/reference
registries:
  - ghcr.io/acme
  - quay.io/biocontainers
  - registry.example.com/lab
  - registry.gitlab.com/acme
`);
  expect(result).toMatchObject({
    files: 8,
    variables: ['APP_ID', 'APP_KEY', 'GLOBEX_TOKEN', 'QUAY'],
    uncovered: ['https://github.com/acme', 'registry.example.com/lab', 'registry.gitlab.com/acme'],
    step: [
      '- uses: your-org/pipeline-credentials@v1',
      '  with:',
      `    manifest: \${{ secrets.PIPELINE_CREDENTIALS }}`,
      '  env:',
      `    APP_ID: \${{ vars.APP_ID }}`,
      `    APP_KEY: \${{ secrets.APP_KEY }}`,
      `    GLOBEX_TOKEN: \${{ secrets.GLOBEX_TOKEN }}`,
      `    QUAY: \${{ secrets.QUAY }}`,
      `    GITHUB_TOKEN: \${{ github.token }}`,
    ],
    notes: [
      expect.stringMatching(/ci.yml: A step mints .*List those that jobs need/),
      expect.stringMatching(/ci.yml: A step mints .*name what calls of the API need/),
      expect.stringMatching(/ci.yml: A password stands in the clear/),
      expect.stringMatching(/ci.yml: An ssh agent/),
    ],
  });
  expect(JSON.stringify([result, text])).not.toMatch(/canary|evil/);
  const { manifest } = readManifests([{ name: 'm', text, trust: 'trusted' }], gitProviders);
  expect(manifest?.credentials).toHaveLength(4);
});

test('an empty folder gives a manifest to start from', () => {
  using folder = makeFolder();
  const result = init({ manifest: 'm.yml', dryRun: false }, keepingContext({ cwd: folder.path }));
  expect(folder.read('m.yml')).toMatch(/^# yaml-language-server: .*\nversion: 1\ncredentials: \[\]\n$/);
  expect(result).toMatchObject({ files: 0, credentials: [], notes: [] });
});

test('what is there is not overwritten; a dry run shows what would be', () => {
  using folder = makeFolder();
  folder.write('pipeline-credentials.yml', '# mine\n');
  put(folder.path, { Dockerfile: 'FROM quay.io/acme/x\n' });
  const context = keepingContext({ cwd: folder.path });
  expect(() => init({ manifest: null, dryRun: false }, context)).toThrow(/already/);
  expect(init({ manifest: null, dryRun: true }, context).text).toContain('- quay.io/acme');
  expect(folder.read('pipeline-credentials.yml')).toBe('# mine\n');
});

test('a worktree of git knows its remote too', () => {
  using folder = makeFolder();
  const git = (...words: string[]) =>
    execFileSync('git', ['-C', folder.path, '-c', 'user.name=a', '-c', 'user.email=a@b.c', ...words]);
  git('init', '-q');
  git('remote', 'add', 'origin', 'https://github.com/lab/pipeline.git');
  git('commit', '-q', '--allow-empty', '-m', 'x');
  git('worktree', 'add', '-q', 'tree');
  put(folder.file('tree'), {
    '.github/workflows/a.yml': `jobs: { a: { steps: [{ uses: actions/checkout@v5, with: { ssh-key: '\${{ secrets.KEY }}' } }] } }\n`,
  });
  const { text } = init({ manifest: null, dryRun: true }, keepingContext({ cwd: folder.file('tree') }));
  expect(text).toContain('    url: https://github.com/lab\n    ssh-key: { env: KEY }');
});

test('files that are broken, huge or hostile are passed over', () => {
  using folder = makeFolder();
  put(folder.path, {
    '.github/workflows/a.yml': 'jobs: [',
    '.github/workflows/b.yml': 'uses: x\nwith: []\njobs: null\n',
    'compose.yml': `image: "\${X}/y"\nservices: {a: {image: "a b"}}\n`,
    Dockerfile: `FROM quay.io/a/b\n${'#'.repeat(2_000_000)}`,
  });
  const { files, notes } = init({ manifest: null, dryRun: true }, keepingContext({ cwd: folder.path }));
  expect([files, notes]).toEqual([0, []]);
});
