import { expect, test } from 'vitest';
import { isFault } from '../../../src/core/fault.ts';
import { guessKind } from '../../../src/core/target/guess-kind.ts';
import { compileHosts } from '../../../src/core/target/hosts.ts';
import { knownRegistries } from '../../../src/core/target/known-registries.ts';
import { parseTargetLine } from '../../../src/core/target/parse-target.ts';
import { gitProviders } from '../../../src/providers/index.ts';
import { credentials } from '../selection/samples.ts';

const manifest = credentials(
  { name: 'lab', provider: 'gitlab', url: 'https://both.example.com', registries: ['both.example.com'] },
  { name: 'git', provider: 'git', url: 'https://git.example.com' },
  { name: 'images', provider: 'registry', registries: ['images.example.com:5000'] },
);
const hosts = compileHosts(manifest, gitProviders);
const targets = [parseTargetLine('listed.example.com/lab', 'registry')];
const isRegistry = knownRegistries({ credentials: manifest, targets });

test.each([
  ['github.com/acme/rnaseq', 'repository'],
  ['https://github.com/acme/rnaseq', 'repository'],
  ['git@github.com:acme/rnaseq.git', 'repository'],
  ['github.com:acme/rnaseq', 'repository'],
  ['ssh://git@images.example.com/acme/rnaseq', 'repository'],
  ['codecommit::us-east-1://rnaseq', 'repository'],
  ['https://github.com/acme/*', 'repository'],
  ['git.example.com/x', 'repository'],
  ['unknown.example.com/a/b', 'repository'],
  ['both.example.com/a/b.git', 'repository'],
  ['https://both.example.com/a/b', 'repository'],
  ['C:\\x', 'repository'],
  ['both.example.com/a/b:1.2', 'registry'],
  [`github.com/a/b@sha256:${'a'.repeat(64)}`, 'registry'],
  ['alpine', 'registry'],
  ['alpine:3', 'registry'],
  ['docker.io', 'registry'],
  ['https://index.docker.io/v1/', 'registry'],
  ['ghcr.io/acme', 'registry'],
  ['images.example.com:5000', 'registry'],
  ['images.example.com:5000/lab', 'registry'],
  ['listed.example.com', 'registry'],
  ['111122223333.dkr.ecr.eu-west-1.amazonaws.com/tool', 'registry'],
  ['europe-docker.pkg.dev/project/tool', 'registry'],
])('%s is a %s', (text, kind) => {
  expect(guessKind(text, hosts, isRegistry)).toBe(kind);
});

test.each(['both.example.com', 'both.example.com/a/b', 'acme/tool'])('%s asks', (text) => {
  const answer = guessKind(text, hosts, isRegistry);
  expect(isFault(answer) && answer.hint).toContain('--repository');
});
