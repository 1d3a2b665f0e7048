/**
 * A place on a host, compared by whole path segments: what a base URL names, and what a target's canonical URL is.
 * `host` is lower case with a port only when it is not the scheme's own (`git.example.com:8443`); `segments` are
 * percent-decoded, as written in case, without a trailing `.git`.
 */
export interface Location {
  readonly scheme: 'https' | 'http';
  readonly host: string;
  readonly segments: readonly string[];
}

/** The location as a URL without a trailing slash: `https://github.com/acme/rnaseq`. */
export function locationUrl(location: Location): string {
  const path = location.segments.map((segment) => `/${encodeSegment(segment)}`).join('');
  return `${location.scheme}://${location.host}${path}`;
}

/** Where the server of a credential begins: that of its base URL, else the provider's public one. */
export function serverOf(base: Location | null, publicHost: string): Location {
  return { scheme: base?.scheme ?? 'https', host: base?.host ?? publicHost, segments: [] };
}

/** Percent-encodes what git and the hosts expect encoded in a path segment; `~`, `@`, `:` and `+` stay. */
export function encodeSegment(segment: string): string {
  return encodeURIComponent(segment).replace(/%(?:40|3A|2B|24|2C|3B|3D|26)/g, decodeURIComponent);
}
