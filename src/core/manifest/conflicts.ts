import { type Problem, problemAt } from '../failure.ts';
import type { Fault } from '../fault.ts';
import { type Location, locationUrl } from '../location.ts';
import type { ProviderFacts } from '../provider-facts.ts';
import type { Credential, Place, TargetRequest } from './manifest.ts';
import { nearest } from './nearest.ts';

/** A name as some entry of `credentials` bears it, be the rest of the entry sound or not. */
export interface NamedPlace {
  readonly name: string;
  readonly place: Place;
}

/** Names that are used twice, in any case. */
export function nameConflicts(names: readonly NamedPlace[]): readonly Problem[] {
  const first = new Map<string, Place>();
  return names.flatMap(({ name, place }) => {
    const other = first.get(name.toLowerCase());
    if (other !== undefined) return [problemAt(place, nameTwice(other))];
    first.set(name.toLowerCase(), place);
    return [];
  });
}

/** Pins to credentials that no manifest has. */
export function pinConflicts(
  targets: readonly TargetRequest[],
  names: readonly NamedPlace[],
): readonly Problem[] {
  const known = new Set(names.map(({ name }) => name));
  return targets.flatMap(({ pinned, place }) =>
    pinned === null || place === null || known.has(pinned)
      ? []
      : [problemAt(place, pinUnknown(nearest(pinned, known)))],
  );
}

/** Hosts that base URLs of two providers name: then nothing could tell whose a target is. */
export function hostConflicts(
  credentials: readonly Credential[],
  providers: readonly ProviderFacts[],
): readonly Problem[] {
  const owners = new Map<string, string>();
  return credentials.flatMap(({ provider, base, place }) => {
    if (base === null) return [];
    const owner =
      providers.find(({ covers }) => covers(base.host))?.provider ?? owners.get(base.host) ?? provider;
    owners.set(base.host, owner);
    return owner === provider ? [] : [problemAt(place, otherOwner(base.host, owner, provider))];
  });
}

/** GitHub Apps that could not be told apart: same base URL and access, in environments that overlap. */
export function appConflicts(
  credentials: readonly Credential[],
  providers: readonly ProviderFacts[],
): readonly Problem[] {
  const groups = new Map<string, Credential[]>();
  return credentials.flatMap((credential) => {
    const { provider, base, access, signIn, active, place } = credential;
    if (!active || signIn.kind !== 'app') return [];
    const caseCounts = providers.find((each) => each.provider === provider)?.caseSensitive === true;
    const key = `${access} ${base === null ? '' : comparable(base, caseCounts)}`;
    const group = groups.get(key) ?? [];
    const other = group.find(({ environments }) => overlap(environments, credential.environments));
    groups.set(key, [...group, credential]);
    return other === undefined ? [] : [problemAt(place, secondApp(other.name))];
  });
}

/** A base URL by which two credentials are for the same place. */
function comparable(base: Location, caseCounts: boolean): string {
  const url = locationUrl(base);
  return caseCounts ? url : url.toLowerCase();
}

/** Whether some `environment` lets both take part; null is every environment. */
export function overlap(a: readonly string[] | null, b: readonly string[] | null): boolean {
  return a === null || b === null || a.some((each) => b.includes(each));
}

function nameTwice({ path, source, line }: Place): Fault {
  const where = source === null ? `line ${line}` : `${source}, line ${line}`;
  return {
    code: 'name-duplicate',
    message: `The name is already used by ${path} (${where}); case does not count.`,
    hint: 'Rename one of the two, and the pins that mean it.',
  };
}

function pinUnknown(meant: string | null): Fault {
  return {
    code: 'pin-unknown',
    message: 'The target is pinned to a credential that does not exist.',
    hint: meant === null ? 'Write the `name` of a credential.' : `Write \`${meant}\`.`,
  };
}

function otherOwner(host: string, owner: string, provider: string): Fault {
  return {
    code: 'host-of-two-providers',
    message: `${host} belongs to ${owner}; this credential says ${provider}.`,
    hint: 'Give all credentials of one host the same `provider`.',
  };
}

function secondApp(name: string): Fault {
  return {
    code: 'app-duplicate',
    message: `${name} is a GitHub App for the same base URL and access: nothing could choose between them.`,
    hint: `Use ${name} for both, delete one (or make it \`status: inactive\`), or give one another \`url\`.`,
  };
}
