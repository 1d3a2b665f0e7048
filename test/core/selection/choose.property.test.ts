import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Credential, Expiry } from '../../../src/core/manifest/manifest.ts';
import { compileCatalog } from '../../../src/core/selection/catalog.ts';
import { choose } from '../../../src/core/selection/choose.ts';
import { explain } from '../../../src/core/selection/explain.ts';
import type { Circumstances } from '../../../src/core/selection/selection.ts';
import type { Target } from '../../../src/core/target/target.ts';
import { gitProviders } from '../../../src/providers/index.ts';
import { app, credentials, password, registry, repository, type Sample, today, token } from './samples.ts';

const owner = fc.constantFrom('org', 'org-evil', 'ORG', 'or', 'other');
const name = fc.constantFrom('tool', 'tool-evil', 'to');
const path = fc.oneof(
  fc.constant(''),
  owner.map((first) => `/${first}`),
  fc.tuple(owner, name).map((parts) => `/${parts.join('/')}`),
);
const place = fc.constantFrom(
  { provider: 'github', host: 'github.com' } as const,
  { provider: 'github', host: 'github.example.com' } as const,
  { provider: 'gitlab', host: 'gitlab.com' } as const,
  { provider: 'git', host: 'git.example.com:8443' } as const,
);

const sample: fc.Arbitrary<Omit<Sample, 'name'>> = fc
  .record({
    place,
    path: fc.option(path, { freq: 3 }),
    registries: fc.constantFrom([], ['docker.io'], ['docker.io/org'], ['ghcr.io/org/tool', 'docker.io']),
    signIn: fc.constantFrom(token, password, app('all'), app('listed'), app(['tool'])),
    access: fc.constantFrom('read', 'write', 'both'),
    isDefault: fc.boolean(),
    active: fc.boolean(),
    environments: fc.constantFrom(null, null, ['prod'], ['test']),
    expires: fc.constantFrom<Expiry[]>(
      'never',
      null,
      new Date('2026-01-01'),
      new Date('2027-01-01'),
      new Date('2028-01-01'),
    ),
  } as const)
  .map(({ place, path, ...rest }) => ({
    ...rest,
    provider: place.provider,
    ...(path === null && place.provider !== 'git' ? {} : { url: `https://${place.host}${path ?? ''}` }),
  }));
const manifest = fc
  .array(sample, { maxLength: 8 })
  .map((samples) =>
    credentials(...samples.map((each, at): Sample => ({ name: `c${at}`, ...each }) as Sample)),
  );

const access = fc.constantFrom('read', 'write');
const target: fc.Arbitrary<Target> = fc.oneof(
  fc
    .record({ place, owner, name, access, wildcard: fc.boolean() })
    .map(({ place: { provider, host }, owner, name, access, wildcard }) =>
      repository(`https://${host}/${owner}${wildcard ? '' : `/${name}`}`, { provider, access, wildcard }),
    ),
  fc
    .record({ host: fc.constantFrom('docker.io', 'ghcr.io'), owner, access })
    .map(({ host, owner, access }) => registry(`${host}/${owner.toLowerCase()}/tool`, { access })),
);
const circumstances: fc.Arbitrary<Circumstances> = fc
  .constantFrom(null, 'prod', 'test')
  .map((environment) => ({ ...today, environment }));

function winner(list: readonly Credential[], asked: Target, when: Circumstances): Credential | null {
  return choose(compileCatalog(list, gitProviders), asked, when).credential;
}

/** The manifest read in another order; names stay. */
function reordered(list: readonly Credential[], order: readonly number[]): readonly Credential[] {
  return order.flatMap((at) => list[at] ?? []).map((credential, at) => ({ ...credential, order: at }));
}

describe('selection', () => {
  test('permuting the manifest never changes a winner that is not tied', () => {
    const permuted = manifest.chain((list) =>
      fc.record({
        list: fc.constant(list),
        order: fc.shuffledSubarray([...list.keys()], { minLength: list.length }),
      }),
    );
    fc.assert(
      fc.property(permuted, target, circumstances, ({ list, order }, asked, when) => {
        const { candidates, credential } = explain(compileCatalog(list, gitProviders), asked, when);
        const tied = candidates.some(({ verdict }) => verdict === 'later-in-manifest');
        fc.pre(!tied);
        expect(winner(reordered(list, order), asked, when)?.name).toBe(credential?.name);
      }),
      { numRuns: 500 },
    );
  });

  test('a credential for another host never changes anything', () => {
    const stranger = fc.record({
      provider: fc.constantFrom('github', 'gitlab', 'git'),
      path,
      isDefault: fc.boolean(),
    } as const);
    fc.assert(
      fc.property(manifest, stranger, target, circumstances, (list, { path, ...rest }, asked, when) => {
        const [more] = credentials({
          name: 'stranger',
          url: `https://stranger.example${path}`,
          registries: ['stranger.example'],
          expires: 'never',
          ...rest,
        });
        const extended = more === undefined ? list : [...list, { ...more, order: list.length }];
        expect(winner(extended, asked, when)).toBe(winner(list, asked, when));
      }),
      { numRuns: 500 },
    );
  });

  test('`org` never reaches `org-evil`', () => {
    fc.assert(
      fc.property(manifest, target, circumstances, (list, asked, when) => {
        const won = winner(list, asked, when);
        if (won === null) return;
        const scopes =
          asked.kind === 'registry'
            ? won.registries.map(({ host, segments }) => [host, ...segments])
            : [won.base === null ? [] : [won.base.host, ...won.base.segments]];
        const place =
          asked.kind === 'registry'
            ? [asked.host, ...asked.segments]
            : [asked.location.host, ...asked.location.segments];
        const covers = (scope: readonly string[]) =>
          scope.every((part, at) => part.toLowerCase() === place[at]?.toLowerCase());
        expect(scopes.some(covers)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test('what a catalog remembers of one target never changes another', () => {
    const asked = fc.array(fc.tuple(target, circumstances), { minLength: 2, maxLength: 6 });
    fc.assert(
      fc.property(manifest, asked, (list, questions) => {
        const catalog = compileCatalog(list, gitProviders);
        for (const [asked, when] of questions) {
          expect(choose(catalog, asked, when).credential).toBe(winner(list, asked, when));
        }
      }),
      { numRuns: 500 },
    );
  });

  test('a pinned credential covers the target as one that is chosen does', () => {
    fc.assert(
      fc.property(manifest, target, circumstances, (list, asked, when) => {
        for (const credential of list) {
          const pinned = winner(list, { ...asked, pinned: credential.name }, when);
          expect(pinned).toBe(winner([credential], asked, when));
        }
      }),
      { numRuns: 500 },
    );
  });

  test('explain agrees with choose, and gives each credential one reason', () => {
    fc.assert(
      fc.property(manifest, target, circumstances, (list, asked, when) => {
        const { candidates, credential } = explain(compileCatalog(list, gitProviders), asked, when);
        expect(credential).toBe(winner(list, asked, when));
        expect(candidates.filter(({ verdict }) => verdict === 'selected').map(({ name }) => name)).toEqual(
          credential === null ? [] : [credential.name],
        );
        expect(candidates.map(({ name }) => name).sort()).toEqual(list.map(({ name }) => name).sort());
      }),
      { numRuns: 500 },
    );
  });
});
