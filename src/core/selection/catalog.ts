import type { HostRules } from '../host-rules.ts';
import type { Location } from '../location.ts';
import type { Credential, GitProviderName } from '../manifest/manifest.ts';
import type { Target } from '../target/target.ts';
import { type Group, join, newGroup } from './group.ts';
import { addToTrie, deepest, type Trie, trie, valuesOf } from './trie.ts';

/** The credentials of one environment, indexed so that finding a target's group costs its depth only. */
interface Index {
  /** By provider, scheme and host. */
  readonly hosts: Map<string, Trie<Group>>;
  /** Those without base URL, by provider. */
  readonly hostless: Map<GitProviderName, Group>;
  readonly registries: Map<string, Trie<Group>>;
}

/** All credentials of a manifest, compiled once for any number of targets. */
export interface Catalog {
  readonly credentials: readonly Credential[];
  readonly byName: ReadonlyMap<string, Credential>;
  readonly rules: ReadonlyMap<GitProviderName, HostRules>;
  readonly indexes: Map<string | null, Index>;
}

export function compileCatalog(credentials: readonly Credential[], rules: readonly HostRules[]): Catalog {
  return {
    credentials,
    byName: new Map(credentials.map((credential) => [credential.name, credential])),
    rules: new Map(rules.map((rule) => [rule.provider, rule])),
    indexes: new Map(),
  };
}

/** The credentials that compete for a target: those on its longest covered prefix, else those of its whole provider. */
export function groupOf(catalog: Catalog, target: Target, environment: string | null): Group | null {
  const index = indexFor(catalog, environment);
  if (target.kind === 'registry') return deepest(index.registries.get(target.host), target.segments);
  if (target.provider === null) return null;
  const rules = catalog.rules.get(target.provider);
  const { scheme, host, segments } = target.location;
  const path = segments.map((segment) => segmentKey(segment, rules));
  const based = deepest(index.hosts.get(hostKey(target.provider, target.location)), path);
  if (based !== null) return based;
  const covered = scheme === 'https' && rules?.covers(host) === true;
  return covered ? (index.hostless.get(target.provider) ?? null) : null;
}

/** All groups of credentials that compete somewhere. */
export function groupsOf(catalog: Catalog, environment: string | null): readonly Group[] {
  const { hosts, hostless, registries } = indexFor(catalog, environment);
  const based = [...hosts.values(), ...registries.values()].flatMap(valuesOf);
  return [...hostless.values(), ...based];
}

/** Whether a credential may be used in this environment at all. */
export function inEnvironment({ environments }: Credential, environment: string | null): boolean {
  return environments === null || (environment !== null && environments.includes(environment));
}

/**
 * A path segment as it is compared: with small ASCII letters unless its host tells case apart. Other letters stay, since
 * Unicode takes the Kelvin sign for a `k`.
 */
export function segmentKey(segment: string, rules: HostRules | undefined): string {
  return rules?.caseSensitive === true
    ? segment
    : segment.replace(/[A-Z]+/g, (capitals) => capitals.toLowerCase());
}

function indexFor(catalog: Catalog, environment: string | null): Index {
  const known = catalog.indexes.get(environment);
  if (known !== undefined) return known;
  const index: Index = { hosts: new Map(), hostless: new Map(), registries: new Map() };
  for (const credential of catalog.credentials) {
    if (credential.active && inEnvironment(credential, environment)) add(index, credential, catalog.rules);
  }
  catalog.indexes.set(environment, index);
  return index;
}

function add(index: Index, credential: Credential, rules: Catalog['rules']): void {
  const { provider, base } = credential;
  for (const { host, segments } of credential.registries) {
    join(addToTrie(entry(index.registries, host, trie<Group>), segments, newGroup), credential);
  }
  if (provider === 'registry') return;
  if (base === null) {
    join(entry(index.hostless, provider, newGroup), credential);
    return;
  }
  const path = base.segments.map((segment) => segmentKey(segment, rules.get(provider)));
  join(addToTrie(entry(index.hosts, hostKey(provider, base), trie<Group>), path, newGroup), credential);
}

function hostKey(provider: GitProviderName, { scheme, host }: Location): string {
  return `${provider} ${scheme}://${host}`;
}

function entry<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
