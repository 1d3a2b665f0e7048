import { type Problem, problemAt } from '../failure.ts';
import { type Fault, isFault } from '../fault.ts';
import { isLoopback } from '../host.ts';
import type { Address } from '../host-rules.ts';
import type { Location } from '../location.ts';
import type { TargetRequest } from '../manifest/manifest.ts';
import { parseAddress } from './address.ts';
import { type HostTable, type KnownSite, siteOf } from './hosts.ts';
import { printableAddress } from './printable-address.ts';
import { parseRegistryReference } from './registry-scope.ts';
import type { RegistryTarget, RepositoryTarget, Target } from './target.ts';

/** What a target's address says, whoever asks for it. */
type Parsed =
  | Pick<RepositoryTarget, 'kind' | 'provider' | 'location' | 'wildcard'>
  | Pick<RegistryTarget, 'kind' | 'host' | 'segments'>;

/** The target that a manifest, an input or a command line asks for; a problem names it without its user info. */
export function parseTarget(table: HostTable, request: TargetRequest): Target | Problem {
  const { kind, access, revision, pinned, place } = request;
  const given = printableAddress(request.given);
  const parsed = kind === 'registry' ? parseRegistry(request.given) : parseRepository(table, request.given);
  if (isFault(parsed)) return problemAt(place, { ...parsed, message: `${given}: ${parsed.message}` });
  const common = { given, access, pinned, place };
  return parsed.kind === 'registry' ? { ...parsed, ...common } : { ...parsed, ...common, revision };
}

/** Tells a problem from the target it stands for. */
export function isProblem(result: Target | Problem): result is Problem {
  return 'severity' in result;
}

/** A line of an input: a target, which may end in ` write`. */
export function parseTargetLine(line: string, kind: TargetRequest['kind']): TargetRequest {
  const [, address, suffix] = /^(.*?)(\s+write)?$/s.exec(line.trim()) ?? [];
  const access = suffix === undefined ? 'read' : 'write';
  return { kind, given: address ?? '', access, revision: null, pinned: null, place: null };
}

function parseRegistry(text: string): Parsed | Fault {
  const reference = parseRegistryReference(text);
  if (isFault(reference)) return reference;
  const { host, segments, tag, digest } = reference;
  const official = host === 'docker.io' && segments.length === 1 && (tag ?? digest) !== null;
  return { kind: 'registry', host, segments: official ? ['library', ...segments] : segments };
}

function parseRepository(table: HostTable, text: string): Parsed | Fault {
  const wildcard = /[^/:]\/\*\/?$/.test(text);
  const address = parseAddress(wildcard ? text.replace(/\/\*\/?$/, '') : text);
  if (isFault(address)) return address;
  if (address.segments.some((segment) => segment.includes('*'))) return star;
  if (address.transport === 'http' && !isLoopback(address.hostname)) return plainHttp;
  const site = siteOf(table, address);
  if (isFault(site)) return site;
  const location = canonical(table, address, site);
  return location === null ? notThere : { kind: 'repository', provider: site.provider, location, wildcard };
}

function canonical(table: HostTable, address: Address, site: KnownSite): Location | null {
  const rules = table.rules.find(({ provider }) => provider === site.provider);
  if (rules !== undefined) return rules.canonical(address, site);
  return { scheme: site.scheme, host: site.host, segments: address.segments };
}

const star: Fault = {
  code: 'target-wildcard',
  message: 'A wildcard stands for the last part of an address only.',
  hint: 'Write https://HOST/OWNER/* for all repositories of an owner.',
};
const plainHttp: Fault = {
  code: 'target-http',
  message: 'A credential is sent over https only; http is for this machine alone.',
  hint: 'Write https:// in its place.',
};
const notThere: Fault = {
  code: 'target-path',
  message: 'This is not the address of a repository on that host.',
  hint: 'Copy the address that the host shows for cloning, https:// or ssh.',
};
