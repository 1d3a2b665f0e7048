import { describe, expect, test } from 'vitest';
import { parseRegistryReference, parseRegistryScope } from '../../../src/core/target/registry-scope.ts';

test.each([
  ['ghcr.io', 'ghcr.io', []],
  ['GHCR.io/Acme', 'ghcr.io', ['acme']],
  ['ghcr.io/acme/', 'ghcr.io', ['acme']],
  ['https://ghcr.io/acme', 'ghcr.io', ['acme']],
  ['registry.example.com:5000/lab/tools', 'registry.example.com:5000', ['lab', 'tools']],
  ['registry:5000', 'registry:5000', []],
  ['registry:5000/lab', 'registry:5000', ['lab']],
  ['localhost:5000', 'localhost:5000', []],
  ['localhost/lab', 'localhost', ['lab']],
  ['http://127.0.0.1:5000/lab', '127.0.0.1:5000', ['lab']],
  ['[::1]:5000/lab', '[::1]:5000', ['lab']],
  ['docker.io', 'docker.io', []],
  ['index.docker.io', 'docker.io', []],
  ['https://index.docker.io/v1/', 'docker.io', []],
  ['registry-1.docker.io/acme', 'docker.io', ['acme']],
  ['registry.hub.docker.com', 'docker.io', []],
])('the scope %s', (text, host, segments) => {
  expect(parseRegistryScope(text)).toEqual({ host, segments });
});

test.each([
  ['acme', 'registry-host-missing'],
  ['acme/tool', 'registry-host-missing'],
  ['', 'registry-reference'],
  ['ghcr.io/acme/tool:1', 'registry-image'],
  [`ghcr.io/acme/tool@sha256:${'a'.repeat(64)}`, 'registry-image'],
  ['ghcr.io/acme/*', 'registry-reference'],
  ['ghcr.io/acme//tool', 'registry-reference'],
  ['ghcr.io/../acme', 'registry-reference'],
  ['ghcr.io/acme%2ftool', 'registry-reference'],
  ['ghcr.io/acme tool', 'registry-reference'],
  ['user@ghcr.io/acme', 'registry-reference'],
  ['user:canary-password@ghcr.io', 'registry-reference'],
  ['http://ghcr.io', 'registry-scheme'],
  ['ssh://ghcr.io', 'registry-scheme'],
])('the scope %j is refused', (text, code) => {
  expect(parseRegistryScope(text)).toMatchObject({ code });
});

test.each([
  '*.example.com/lab',
  'example.com./lab',
  'ex%61mple.com',
  'bücher.example/lab',
  'ghcr.io:0/acme',
  'ghcr.io\\x/acme',
])('rule 7: the registry host of %s is refused', (text) => {
  expect(parseRegistryScope(text)).toMatchObject({ code: 'registry-host' });
});

describe('an image reference', () => {
  const digest = `sha256:${'0123456789abcdef'.repeat(4)}`;
  test.each([
    ['ubuntu', 'docker.io', ['library', 'ubuntu'], null, null],
    ['ubuntu:22.04', 'docker.io', ['library', 'ubuntu'], '22.04', null],
    ['python:3', 'docker.io', ['library', 'python'], '3', null],
    ['acme/tool', 'docker.io', ['acme', 'tool'], null, null],
    ['acme/tool:1.0', 'docker.io', ['acme', 'tool'], '1.0', null],
    ['docker.io/acme/tool', 'docker.io', ['acme', 'tool'], null, null],
    ['docker://ghcr.io/acme/tool:v1', 'ghcr.io', ['acme', 'tool'], 'v1', null],
    [`ghcr.io/acme/tool:v1@${digest}`, 'ghcr.io', ['acme', 'tool'], 'v1', digest],
    [`ghcr.io/acme/tool@${digest}`, 'ghcr.io', ['acme', 'tool'], null, digest],
    ['localhost:5000/tool:1', 'localhost:5000', ['tool'], '1', null],
    ['registry.example.com:5000', 'registry.example.com:5000', [], null, null],
    ['registry.example.com/a/b/c/d:latest', 'registry.example.com', ['a', 'b', 'c', 'd'], 'latest', null],
  ])('%s', (text, host, segments, tag, written) => {
    expect(parseRegistryReference(text)).toMatchObject({ host, segments, tag, digest: written });
  });

  test.each([
    'ghcr.io/acme/tool@sha256:short',
    'ghcr.io/acme/tool:',
    'ghcr.io/acme/tool:-x',
    'a@b@c',
    `ghcr.io@${digest}`,
    '/tool',
  ])('%s is none', (text) => {
    expect(parseRegistryReference(text)).toMatchObject({ code: 'registry-reference' });
  });
});
