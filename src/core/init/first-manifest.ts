import { isFault } from '../fault.ts';
import { parseBaseUrl } from '../manifest/base-url.ts';
import type { PlainMap } from '../manifest/edit/plain.ts';
import { blockItem } from '../manifest/edit/render.ts';
import type { ProviderFacts } from '../provider-facts.ts';
import { parseRegistryReference, parseRegistryScope, scopeText } from '../target/registry-scope.ts';
import type { Finding } from './finding.ts';
import { type SignIn, signInsOf } from './found-sign-ins.ts';
import { type Needed, repositoriesOf } from './needed-repositories.ts';
import { ownerOf } from './own-repository.ts';
import { stepFor } from './step-for.ts';

/** A first manifest, and what a person should know of it. */
export interface FirstManifest {
  readonly text: string;
  readonly credentials: readonly { readonly name: string; readonly from: readonly string[] }[];
  readonly repositories: readonly string[];
  readonly registries: readonly string[];
  /** Variables that must be set where jobs run. */
  readonly variables: readonly string[];
  /** The step of a workflow that takes the place of what was found, in lines; none without such a workflow. */
  readonly step: readonly string[];
  /** Owners and registries that no credential is for yet. */
  readonly uncovered: readonly string[];
  readonly notes: readonly string[];
}

/** Puts what was found together: one entry for each way to sign in, one target for each place. */
export function firstManifest(
  findings: readonly Finding[],
  { head, rules }: { head: string; rules: readonly ProviderFacts[] },
): FirstManifest {
  const own = ownerOf(findings, rules);
  const signIns = signInsOf(findings, own);
  const needed = repositoriesOf(findings, { rules, own });
  const repositories = needed.map(({ url }) => url);
  const registries = registriesOf(findings);
  const credentials = signIns.map(({ entry, from }) => ({ name: String(entry.name), from }));
  return {
    text: manifestText(head, { signIns, repositories: needed, registries }),
    credentials,
    repositories,
    registries,
    variables: [...new Set(signIns.flatMap(({ entry }) => variablesIn(entry)))].filter(
      (name) => !ofEveryJob.has(name),
    ),
    step: stepFor(findings),
    uncovered: uncovered(signIns, repositories, registries),
    notes: findings.flatMap((one) => (one.kind === 'note' ? [`${one.file}: ${one.text}`] : [])),
  };
}

/**
 * Hosts with their first namespace, and what is signed in to beside them: a list leaves out what it does not name.
 * Docker Hub is public for whoever has no login there.
 */
function registriesOf(findings: readonly Finding[]): readonly string[] {
  const signedIn = findings.flatMap((one) =>
    one.kind === 'sign-in' && 'registry' in one.entry ? [shortOf(String(one.entry.registry))] : [],
  );
  const images = findings.flatMap((one) => {
    const reference = one.kind === 'image' ? parseRegistryReference(one.image) : null;
    if (reference === null || isFault(reference)) return [];
    const { host, segments } = reference;
    if (host === 'docker.io' && !signedIn.some((text) => text.startsWith('docker.io'))) return [];
    return [segments.length > 1 ? `${host}/${segments[0]}` : host];
  });
  const alone = signedIn.filter((place) => !images.some((image) => `${image}/`.startsWith(`${place}/`)));
  return [...new Set([...images, ...alone])].toSorted();
}

function shortOf(registry: string): string {
  const scope = parseRegistryScope(registry);
  return isFault(scope) ? registry : scopeText(scope);
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

/** What GitHub gives every job: nobody has to store it. */
const ofEveryJob = new Set(['GITHUB_ACTOR', 'GITHUB_TOKEN']);

interface Parts {
  readonly signIns: readonly SignIn[];
  readonly repositories: readonly Needed[];
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
    ...list(
      'repositories',
      repositories.map(({ url, writes }) => (writes ? `{ url: ${url}, access: write }` : url)),
    ),
    ...list('registries', registries),
    '',
  ].join('\n');
}
