import { describe, expect, test } from 'vitest';
import { isFault } from '../../../src/core/fault.ts';
import { parseAddress } from '../../../src/core/target/address.ts';
import { compileHosts, siteOf } from '../../../src/core/target/hosts.ts';
import { gitProviders } from '../../../src/providers/index.ts';
import { credentials, type Sample } from '../selection/samples.ts';

function site(samples: readonly Sample[], text: string) {
  const address = parseAddress(text);
  if (isFault(address)) throw new Error(address.code);
  return siteOf(compileHosts(credentials(...samples), gitProviders), address);
}

const two: readonly Sample[] = [
  { name: 'a', provider: 'gitlab', url: 'https://git.example.com:8443' },
  { name: 'b', provider: 'gitea', url: 'https://git.example.com:3000' },
];

describe('a host tells its provider', () => {
  test.each([
    ['https://git.example.com:8443/a/b', 'gitlab'],
    ['https://git.example.com:3000/a/b', 'gitea'],
    ['https://git.example.com/a/b', null],
    ['https://github.com/a/b', 'github'],
    ['https://github.com:8443/a/b', null],
    ['https://acme.visualstudio.com/a/_git/b', 'azure-devops'],
    ['https://git-codecommit.eu-west-1.amazonaws.com/v1/repos/a', 'codecommit'],
  ])('%s: %s', (text, provider) => {
    expect(site(two, text)).toMatchObject({ provider });
  });

  test('which no base URL can rename', () => {
    expect(
      site([{ name: 'x', provider: 'git', url: 'https://github.com/a' }], 'https://github.com/a/b'),
    ).toMatchObject({ provider: 'github' });
  });
});

test.each([
  'https://git-codecommit.evil.example.amazonaws.com/v1/repos/a',
  'https://git-codecommit.eu-west-1.amazonaws.com.evil.example/v1/repos/a',
  'https://evil-git-codecommit.eu-west-1.amazonaws.com/v1/repos/a',
  'https://dev.azure.com.evil.example/a/_git/b',
  'https://a.b.visualstudio.com/a/_git/b',
  'https://github.com.evil.example/a/b',
])('rule 10: %s is nobody known', (text) => {
  expect(site([], text)).toMatchObject({ provider: null });
});

describe('an ssh address', () => {
  test('of a host with several services asks which', () => {
    expect(site(two, 'git@git.example.com:a/b')).toMatchObject({ code: 'target-ambiguous' });
  });

  test('means the one on the usual port', () => {
    const three = [...two, { name: 'c', provider: 'github', url: 'https://git.example.com' }] as const;
    expect(site(three, 'git@git.example.com:a/b')).toMatchObject({
      host: 'git.example.com',
      provider: 'github',
    });
  });

  test('is told by the `ssh` of a credential', () => {
    const [gitlab, gitea] = two as [Sample, Sample];
    const told = [gitlab, { ...gitea, ssh: [{ user: 'git', host: 'git.example.com', port: 2222 }] }];
    expect(site(told, 'ssh://git@git.example.com:2222/a/b')).toMatchObject({ host: 'git.example.com:3000' });
    expect(site(told, 'ssh://git@git.example.com/a/b')).toMatchObject({ code: 'target-ambiguous' });
  });
});

test('the order of the manifest does not matter', () => {
  const root: Sample = {
    name: 'c',
    provider: 'gitlab',
    url: 'https://code.example.com/x',
    apiUrl: 'https://code.example.com/gl/api/v4',
  };
  const plain: Sample = { name: 'd', provider: 'gitlab', url: 'https://code.example.com/gl/y' };
  for (const samples of [
    [root, plain],
    [plain, root],
  ]) {
    expect(site(samples, 'git@code.example.com:y/z')).toMatchObject({ root: ['gl'] });
  }
});

test('a CodeCommit address without region takes the only one that the manifest names', () => {
  const one: Sample = {
    name: 'e',
    provider: 'codecommit',
    url: 'https://git-codecommit.eu-west-1.amazonaws.com',
  };
  const other: Sample = {
    name: 'f',
    provider: 'codecommit',
    url: 'https://git-codecommit.us-east-1.amazonaws.com',
  };
  expect(site([one], 'codecommit://x')).toMatchObject({ host: 'git-codecommit.eu-west-1.amazonaws.com' });
  expect(site([one, other], 'codecommit://x')).toMatchObject({ code: 'target-codecommit' });
});
