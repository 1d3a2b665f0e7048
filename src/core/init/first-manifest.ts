import { isFault } from '../fault.ts';
import { parseBaseUrl } from '../manifest/base-url.ts';
import type { PlainMap } from '../manifest/edit/plain.ts';
import { blockItem } from '../manifest/edit/render.ts';
import type { ProviderFacts } from '../provider-facts.ts';
import { compileHosts } from '../target/hosts.ts';
import { isProblem, parseTarget, parseTargetLine } from '../target/parse-target.ts';
import { parseRegistryReference } from '../target/registry-scope.ts';
import { targetText } from '../target/target-text.ts';
import type { Finding } from './finding.ts';

/** A first manifest, and what a person should know of it. */
export interface FirstManifest {
  readonly text: string;
  readonly credentials: readonly { readonly name: string; readonly from: readonly string[] }[];
  readonly repositories: readonly string[];
  readonly registries: readonly string[];
  /** Variables that must be set where jobs run. */
  readonly variables: readonly string[];
  /** Owners and registries that no credential is for yet. */
  readonly uncovered: readonly string[];
  readonly notes: readonly string[];
}

interface SignIn {
  readonly entry: PlainMap;
  readonly from: readonly string[];
}

/** Puts what was found together: one entry for each way to sign in, one target for each place. */
export function firstManifest(
  findings: readonly Finding[],
  { head, rules }: { head: string; rules: readonly ProviderFacts[] },
): FirstManifest {
  const own = ownerOf(findings, rules);
  const signIns = named(merged(findings, own));
  const repositories = repositoriesOf(findings, rules);
  const registries = registriesOf(findings);
  const credentials = signIns.map(({ entry, from }) => ({ name: String(entry.name), from }));
  return {
    text: manifestText(head, { signIns, repositories, registries }),
    credentials,
    repositories,
    registries,
    variables: [...new Set(signIns.flatMap(({ entry }) => variablesIn(entry)))],
    uncovered: uncovered(signIns, repositories, registries),
    notes: findings.flatMap((one) => (one.kind === 'note' ? [`${one.file}: ${one.text}`] : [])),
  };
}

interface Own {
  readonly provider: string | null;
  readonly url: string;
}

/** Where the checkout itself is: sign-ins that name no owner are for it. */
function ownerOf(findings: readonly Finding[], rules: readonly ProviderFacts[]): Own | null {
  const own = findings.find((one) => one.kind === 'own');
  const target =
    own === undefined ? null : parseTarget(compileHosts([], rules), parseTargetLine(own.url, 'repository'));
  if (target === null || isProblem(target) || target.kind !== 'repository') return null;
  const { scheme, host, segments } = target.location;
  return { provider: target.provider, url: `${scheme}://${host}/${segments.slice(0, -1).join('/')}` };
}

function merged(findings: readonly Finding[], own: Own | null): readonly SignIn[] {
  const byText = new Map<string, SignIn>();
  for (const one of findings) {
    if (one.kind !== 'sign-in') continue;
    const placed = 'url' in one.entry || 'organization' in one.entry || 'registry' in one.entry;
    const { provider = '', ...rest } = one.entry;
    const entry = placed || own?.provider !== provider ? one.entry : { provider, url: own.url, ...rest };
    const key = JSON.stringify(entry);
    const from = [...new Set([...(byText.get(key)?.from ?? []), one.file])];
    byText.set(key, { entry, from });
  }
  return [...byText.values()];
}

function named(signIns: readonly SignIn[]): readonly SignIn[] {
  const taken = new Set<string>();
  return signIns.map(({ entry, from }) => {
    const base = nameFor(entry);
    let name = base;
    for (let count = 2; taken.has(name); count += 1) name = `${base}-${count}`;
    taken.add(name);
    return { entry: { name, ...entry }, from };
  });
}

function nameFor(entry: PlainMap): string {
  const place = String(entry.organization ?? entry.registry ?? entry.url ?? entry.provider)
    .replace(/^https?:\/\/[^/]*\//, '')
    .replace(/[^A-Za-z0-9]+/g, '-')
    .replace(/^[^A-Za-z]+|-+$/g, '');
  return `${place || 'credential'}${'app' in entry ? '-app' : ''}`.slice(0, 60);
}

function repositoriesOf(findings: readonly Finding[], rules: readonly ProviderFacts[]): readonly string[] {
  const hosts = compileHosts([], rules);
  const all = findings.flatMap((one) => {
    if (one.kind !== 'repository') return [];
    const target = parseTarget(hosts, parseTargetLine(one.url, 'repository'));
    return isProblem(target) ? [] : [targetText(target)];
  });
  return [...new Set(all)].toSorted();
}

/** Hosts with their first namespace. Docker Hub is public for whoever has no login there. */
function registriesOf(findings: readonly Finding[]): readonly string[] {
  const signedIn = findings.flatMap((one) =>
    one.kind === 'sign-in' && 'registry' in one.entry ? [String(one.entry.registry)] : [],
  );
  const images = findings.flatMap((one) => {
    const reference = one.kind === 'image' ? parseRegistryReference(one.image) : null;
    if (reference === null || isFault(reference)) return [];
    const { host, segments } = reference;
    if (host === 'docker.io' && !signedIn.some((text) => text.startsWith('docker.io'))) return [];
    return [segments.length > 1 ? `${host}/${segments[0]}` : host];
  });
  return [...new Set(images)].toSorted();
}

/** Owners and registries of targets that no entry covers. */
function uncovered(
  signIns: readonly SignIn[],
  repositories: readonly string[],
  registries: readonly string[],
): readonly string[] {
  const bases = signIns.map(({ entry }) => `${baseOf(entry)}/`.toLowerCase());
  const owners = repositories.map((url) => url.replace(/\/[^/]*$/, ''));
  const places = [...new Set([...owners, ...registries])];
  return places.filter((place) => !bases.some((base) => `${place}/`.toLowerCase().startsWith(base)));
}

function baseOf(entry: PlainMap): string {
  if (typeof entry.registry === 'string') return entry.registry;
  if (typeof entry.organization === 'string') return `https://github.com/${entry.organization}`;
  return typeof entry.url === 'string' && !isFault(parseBaseUrl(entry.url)) ? entry.url : 'nowhere';
}

function variablesIn(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  const { env } = value as { env?: unknown };
  return typeof env === 'string' ? [env] : Object.values(value).flatMap(variablesIn);
}

interface Parts {
  readonly signIns: readonly SignIn[];
  readonly repositories: readonly string[];
  readonly registries: readonly string[];
}

function manifestText(head: string, { signIns, repositories, registries }: Parts): string {
  const entries = signIns.flatMap(({ entry, from }) => [
    `  # as in ${from.join(', ')}`,
    ...blockItem(entry).map((line) => `  ${line}`),
  ]);
  const list = (key: string, items: readonly string[]) =>
    items.length === 0 ? [] : [`${key}:`, ...items.map((item) => `  - ${item}`)];
  return [
    head,
    'version: 1',
    ...(entries.length === 0 ? ['credentials: []'] : ['credentials:', ...entries]),
    ...list('repositories', repositories),
    ...list('registries', registries),
    '',
  ].join('\n');
}
