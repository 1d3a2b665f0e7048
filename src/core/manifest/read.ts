import { type Problem, problemAt } from '../failure.ts';
import type { ProviderFacts } from '../provider-facts.ts';
import type { AllowEnv } from './allow-env.ts';
import { buildCredential, type CredentialSpot } from './build-credential.ts';
import { buildRegistry, buildRepository } from './build-targets.ts';
import { checkShape, type Entry, type Shaped } from './check-shape.ts';
import { appConflicts, hostConflicts, type NamedPlace, nameConflicts, pinConflicts } from './conflicts.ts';
import { type CredentialFacts, credentialFacts } from './credential-facts.ts';
import { credentialNameForm } from './credential-keys.ts';
import type { RawCredential } from './definitions.ts';
import { parseDocument } from './document.ts';
import type { Credential, Manifest } from './manifest.ts';
import type { Spot } from './reading.ts';
import { inReadingOrder, placeOf, type Reading, shownPath } from './reading.ts';
import { nodeAt } from './tree.ts';
import { distrust } from './trust.ts';

/** One manifest as it was found. */
export interface ManifestSource {
  /** For people: a file's name, `PIPELINE_CREDENTIALS`. */
  readonly name: string;
  /** YAML, JSON, or base64 of either. */
  readonly text: string;
  /** One that lies in the workspace is the word of whoever wrote the pull request (security rule 1). */
  readonly trust: 'trusted' | { readonly allowEnv: AllowEnv };
}

export interface ReadResult {
  /** Null when there is an error among the problems. */
  readonly manifest: Manifest | null;
  readonly problems: readonly Problem[];
}

/** Reads, checks and merges manifests; every problem of every one is found at once, and none quotes a value. */
export function readManifests(
  sources: readonly ManifestSource[],
  providers: readonly ProviderFacts[],
): ReadResult {
  const facts = credentialFacts(providers);
  const parts: Part[] = [];
  for (const source of sources) {
    const order = parts.reduce((count, { credentials }) => count + credentials.length, 0);
    parts.push(readOne(source, { facts, order, several: sources.length > 1 }));
  }
  const manifest = {
    credentials: parts.flatMap(({ credentials }) => credentials),
    targets: parts.flatMap(({ targets }) => targets),
  };
  const names = parts.flatMap((part) => part.names);
  const problems = inReadingOrder(sources, [
    ...parts.flatMap((part) => part.problems),
    ...nameConflicts(names),
    ...pinConflicts(manifest.targets, names),
    ...hostConflicts(manifest.credentials, providers),
    ...appConflicts(manifest.credentials, providers),
  ]);
  return { manifest: problems.some(({ severity }) => severity === 'error') ? null : manifest, problems };
}

interface Part extends Manifest {
  readonly names: readonly NamedPlace[];
  readonly problems: readonly Problem[];
}

interface Context {
  readonly facts: readonly CredentialFacts[];
  /** How many credentials earlier manifests have. */
  readonly order: number;
  readonly several: boolean;
}

function readOne({ name, text, trust }: ManifestSource, { facts, order, several }: Context): Part {
  const source = several ? name : null;
  const { tree, problems: found } = parseDocument(text);
  const problems = found.map(({ fault, path, at }) =>
    problemAt({ path: shownPath(path), source, ...at }, fault),
  );
  if (tree === null) return { credentials: [], targets: [], names: [], problems };
  const reading = { tree, source, problems };
  const manifest = build(checkShape(reading), reading, { facts, order, several });
  const distrusted = trust === 'trusted' ? [] : distrust(manifest, trust.allowEnv, facts);
  return { ...manifest, names: namesOf(reading), problems: [...problems, ...distrusted] };
}

function build(
  { credentials, repositories, registries }: Shaped,
  reading: Reading,
  { facts, order }: Context,
): Manifest {
  return {
    credentials: credentials.flatMap((entry, index) =>
      buildEntry(entry, reading, { facts, order: order + index }),
    ),
    targets: [
      ...repositories.flatMap(({ raw, path, whole }) =>
        whole ? [buildRepository(raw, { reading, path })] : [],
      ),
      ...registries.flatMap(({ raw, path, whole }) => (whole ? [buildRegistry(raw, { reading, path })] : [])),
    ],
  };
}

/** What a broken value leaves out is not missing too: of an entry that is not whole only the other faults are kept. */
function buildEntry(
  { raw, path, whole }: Entry<RawCredential>,
  reading: Reading,
  context: Omit<CredentialSpot, keyof Spot>,
): readonly Credential[] {
  const found: Problem[] = [];
  const credential = buildCredential(raw, { reading: { ...reading, problems: found }, path, ...context });
  reading.problems.push(...found.filter(({ code }) => whole || !/-(?:missing|incomplete)$/.test(code)));
  return credential === null || !whole ? [] : [credential];
}

/** The names of all entries, also of those with other faults, so that pins to them are not reported as well. */
function namesOf(reading: Reading): readonly NamedPlace[] {
  const credentials = nodeAt(reading.tree, ['credentials']);
  if (credentials?.kind !== 'list') return [];
  return credentials.items.flatMap((_, index) => {
    const path = ['credentials', index, 'name'];
    const name = nodeAt(reading.tree, path);
    const valid = name?.kind === 'text' && credentialNameForm.test(name.text);
    return valid ? [{ name: name.text, place: placeOf(reading, path) }] : [];
  });
}
