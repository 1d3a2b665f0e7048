import { type Fault, isFault } from '../fault.ts';
import { hostText } from '../host.ts';
import type { Address, HostRules } from '../host-rules.ts';
import { type Location, locationUrl } from '../location.ts';
import { parseBaseUrl } from './base-url.ts';
import type { CredentialFacts } from './credential-facts.ts';
import type { RawCredential } from './definitions.ts';
import { type Reading, report } from './reading.ts';
import type { Path } from './tree.ts';

const places = ['url', 'organization', 'group', 'workspace'] as const;

/** The base URL of a credential of a git provider, null when it has none; what is wrong with it is reported. */
export function buildBase(
  raw: RawCredential,
  facts: CredentialFacts,
  spot: { reading: Reading; path: Path },
): Location | null {
  const { reading, path } = spot;
  const usable = facts.publicOrigin === null ? places.slice(0, 1) : places;
  const written = usable.filter((key) => raw[key] !== undefined);
  const [key, second] = written;
  if (second !== undefined) report(reading, [...path, second], twoPlaces);
  if (key === undefined) {
    if (facts.needsUrl) report(reading, path, urlMissing(facts.provider));
    return null;
  }
  const apiUrl = raw['api-url'] === undefined ? null : parseApiUrl(raw['api-url']);
  const base = parseBase(raw[key] ?? '', { key, facts, apiUrl: isFault(apiUrl) ? null : apiUrl });
  if (!isFault(base)) return base;
  report(reading, [...path, key], base);
  return null;
}

interface Context {
  readonly key: (typeof places)[number];
  readonly facts: CredentialFacts;
  readonly apiUrl: string | null;
}

function parseBase(text: string, { key, facts, apiUrl }: Context): Location | Fault {
  if (key !== 'url' && /[:@]/.test(text)) return nameExpected;
  const address = parseBaseUrl(key === 'url' ? text : `${facts.publicOrigin}${text}`);
  if (isFault(address)) return address;
  const location = locationOf(address);
  const { rules } = facts;
  if (rules === null) return location;
  const site = { scheme: location.scheme, host: location.host, root: rules.root(location, apiUrl) };
  return (
    foreignHost(address, { ...facts, rules }) ?? rules.canonical(address, site) ?? foreignForm(facts.provider)
  );
}

/** A host that cannot be one of the provider's, or is one of its hosts for something else (security rule 10). */
function foreignHost(
  address: Address,
  { provider, rules, selfHosted }: CredentialFacts & { readonly rules: HostRules },
): Fault | null {
  const host = hostText(address, 'https');
  if (address.transport === 'http' || rules.covers(host)) return null;
  const parent = host.replace(/^(?:api|www)\./, '');
  const meant = rules.webHost(address) ?? (rules.covers(parent) ? parent : null);
  if (meant !== null && meant !== host) return hostForOther(host, meant);
  return selfHosted ? null : foreignForm(provider);
}

/** Reads where an API is: the same grammar as a base URL. The result has no trailing slash. */
export function parseApiUrl(text: string): string | Fault {
  const address = parseBaseUrl(text);
  return isFault(address) ? address : locationUrl(locationOf(address));
}

function locationOf(address: Address): Location {
  const scheme = address.transport === 'http' ? 'http' : 'https';
  return { scheme, host: hostText(address, scheme), segments: address.segments };
}

const twoPlaces: Fault = {
  code: 'base-url-ambiguous',
  message: 'The base URL is written twice: `url`, `organization`, `group` and `workspace` all mean it.',
  hint: 'Keep one of them.',
};
const nameExpected: Fault = {
  code: 'organization-invalid',
  message: 'Only the name is expected here, without host.',
  hint: 'Write the name, or the whole address as `url`.',
};

function urlMissing(provider: string): Fault {
  return {
    code: 'url-missing',
    message: `\`url\` is missing: ${provider} has no public host that could be meant.`,
    hint: 'Write the base URL that the credential is for: https://HOST or https://HOST/PATH.',
  };
}

function hostForOther(host: string, meant: string): Fault {
  return {
    code: 'url-host-other',
    message: `${host} is not where repositories are read over https.`,
    hint: `Write https://${meant} and the path.`,
  };
}

function foreignForm(provider: string): Fault {
  return {
    code: 'url-not-of-provider',
    message: `${provider} has no repositories at such an address.`,
    hint: 'Take the address of the organisation or of a repository from the browser; if the host is another, name its provider.',
  };
}
