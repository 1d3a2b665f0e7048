import { describe, expect, test } from 'vitest';
import type { Rewrite } from '../../src/core/host-rules.ts';
import { locationUrl } from '../../src/core/location.ts';
import { providerNames } from '../../src/core/manifest/manifest.ts';
import { compileHosts } from '../../src/core/target/hosts.ts';
import { isProblem, parseTarget, parseTargetLine } from '../../src/core/target/parse-target.ts';
import { gitProvider, gitProviders } from '../../src/providers/index.ts';
import type { GitProvider } from '../../src/providers/provider.ts';
import { credentials, location, type Sample } from '../core/selection/samples.ts';

/** A namespace of each provider as its base URL says it, and a repository's path below it. */
const places: Readonly<Record<GitProvider['provider'], readonly [base: string, repository: string]>> = {
  github: ['https://github.com/Acme', 'tool'],
  gitlab: ['https://gitlab.com/Acme/sub', 'tool'],
  bitbucket: ['https://bitbucket.org/Acme', 'tool'],
  'bitbucket-data-center': ['https://stash.example.com/ctx/scm/ACME', 'tool'],
  'azure-devops': ['https://dev.azure.com/Acme/Proj', '_git/tool'],
  gitea: ['https://tea.example.com/Acme', 'tool'],
  codecommit: ['https://git-codecommit.eu-west-1.amazonaws.com/v1/repos', 'tool'],
  git: ['https://git.example.com/Acme', 'tool'],
};

test('every provider of the manifest is in the list, once', () => {
  const names = gitProviders.flatMap(({ provider, aliases }) => [provider, ...aliases]);
  expect(new Set(names).size).toBe(names.length);
  expect(gitProviders.map(({ provider }) => provider).sort()).toEqual(
    providerNames.filter((name) => name !== 'registry').sort(),
  );
});

describe.each(gitProviders.map((provider) => [provider.provider, provider] as const))(
  '%s',
  (name, provider) => {
    const [base, repository] = places[name];
    const sample: Sample = { name: 'one', provider: name, url: base };
    const place = location(base);
    const root = provider.root(place, null);
    const hosts = compileHosts(credentials(sample), gitProviders);

    function canonical(text: string): string {
      const target = parseTarget(hosts, parseTargetLine(text, 'repository'));
      if (isProblem(target) || target.kind === 'registry')
        throw new Error(`${text}: ${JSON.stringify(target)}`);
      return locationUrl(target.location);
    }

    function rules(url: string, kind: 'namespace' | 'repository'): readonly Rewrite[] {
      return provider.rewrites({ location: location(url), kind, addresses: [], root, targets: [] });
    }

    test('is found by its name', () => {
      expect(gitProvider(name)).toBe(provider);
    });

    test('says where it is', () => {
      expect(provider.covers('evil.example')).toBe(false);
      if (provider.publicOrigin !== null)
        expect(provider.covers(new URL(provider.publicOrigin).host)).toBe(true);
      expect(provider.needsUrl).toBe(provider.publicOrigin === null && name !== 'codecommit');
    });

    test('takes its canonical address for canonical', () => {
      expect(canonical(`${base}/${repository}`)).toBe(`${base}/${repository}`);
      expect(canonical(`${base}/${repository}.git/`)).toBe(`${base}/${repository}`);
    });

    test('each rewrite leads where we say its address is', () => {
      const below = rules(base, 'namespace').map(({ from, to }) => [`${from}tool.git`, `${to}tool.git`]);
      const repositories = rules(`${base}/${repository}`, 'repository').map(({ from, to }) => [from, to]);
      // Rules of Azure's project end before `_git` over https, and lead to it over ssh.
      for (const [from = '', to = ''] of [...below, ...repositories].filter(
        ([from]) => !from?.startsWith('https://'),
      )) {
        expect(canonical(from).toLowerCase(), from).toBe(canonical(to).toLowerCase());
      }
      expect(repositories.length).toBeGreaterThan(0);
    });

    test('rule 11: no rewrite reaches a neighbour', () => {
      const neighbours = rules(`${base}-evil`, 'namespace').map(({ from }) => from);
      const reached = rules(base, 'namespace').filter(({ from }) =>
        neighbours.some((other) => other.startsWith(from)),
      );
      expect(reached).toEqual([]);
      for (const { from, to } of rules(base, 'namespace'))
        expect([from.slice(-1), to.slice(-1)]).toEqual(['/', '/']);
      for (const { from, to } of rules(`${base}/${repository}`, 'repository'))
        expect([from.slice(-4), to.slice(-4)]).toEqual(['.git', '.git']);
    });
  },
);
