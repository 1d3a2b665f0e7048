import { expect, test } from 'vitest';
import { azureDevops } from '../../src/providers/azure-devops.ts';
import type { Sample } from '../core/selection/samples.ts';
import { credential, login, password, rules, token } from './samples.ts';

test.each([
  [token('canary-token'), 'pat canary-token'],
  [token('canary-token', { username: 'org' }), 'org canary-token'],
  [password('canary-password', 'x'), 'x canary-password'],
])('a login', (signIn, expected) => {
  expect(login(azureDevops, signIn)).toBe(expected);
});

test('a token for all organisations is told', () => {
  const advice = (more: Partial<Sample>) =>
    azureDevops.advice(token('canary-token'), credential('azure-devops', more));
  expect(advice({})).toEqual([expect.stringContaining('1 December 2026')]);
  expect(advice({ url: 'https://dev.azure.com/org' })).toEqual([]);
});

const https = 'https://dev.azure.com/Org/Proj/_git/';

test('over ssh each project of the targets has its rules', () => {
  const targets = ['https://dev.azure.com/Org/Proj/_git/a', 'https://dev.azure.com/Org/Proj/_git/b'];
  expect(rules(azureDevops, 'https://dev.azure.com/Org', 'namespace', { targets })).toMatchObject({
    'https://org.visualstudio.com/': 'https://dev.azure.com/Org/',
    'https://org.visualstudio.com/DefaultCollection/': 'https://dev.azure.com/Org/',
    'git@ssh.dev.azure.com:v3/Org/Proj/': https,
    'git@ssh.dev.azure.com:v3/org/proj/': https,
    'ssh://git@ssh.dev.azure.com:v3/Org/Proj/': https,
    'Org@vs-ssh.visualstudio.com:v3/Org/Proj/': https,
    'ssh://Org@vs-ssh.visualstudio.com:22/Proj/_ssh/': https,
  });
});

test('a repository has its own', () => {
  expect(rules(azureDevops, 'https://dev.azure.com/org/proj/_git/a', 'repository')).toMatchObject({
    'git@ssh.dev.azure.com:v3/org/proj/a.git': 'https://dev.azure.com/org/proj/_git/a.git',
    'https://org.visualstudio.com/proj/_git/a.git': 'https://dev.azure.com/org/proj/_git/a.git',
  });
});

test('a server of its own is like any other', () => {
  expect(rules(azureDevops, 'https://tfs.example.com/tfs/coll', 'namespace')).toMatchObject({
    'ssh://tfs.example.com/tfs/coll/': 'https://tfs.example.com/tfs/coll/',
  });
});
