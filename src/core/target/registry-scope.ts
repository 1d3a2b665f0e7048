import type { Fault } from '../fault.ts';
import { hostText, isLoopback, parseHost } from '../host.ts';
import type { RegistryScope } from '../manifest/manifest.ts';
import { isPrefix } from '../path-segments.ts';

/** A registry, a namespace or an image, taken apart. `registry.example.com:5000/lab/tool:1.2@sha256:...` has all. */
export interface RegistryReference extends RegistryScope {
  readonly tag: string | null;
  /** `sha256:...` */
  readonly digest: string | null;
  /** False when no host was written, which means Docker Hub to every client. */
  readonly hostWritten: boolean;
}

/** Every name under which Docker Hub is known to its clients, its documentation and its users. */
const dockerHub = new Set([
  'docker.io',
  'index.docker.io',
  'registry-1.docker.io',
  'registry.docker.io',
  'registry.hub.docker.com',
  'hub.docker.com',
  'www.docker.io',
]);

// The name grammar of the distribution specification; upper case is lowered first, as registries have none.
const component = /^[a-z0-9]+(?:(?:\.|_{1,2}|-+)[a-z0-9]+)*$/;
const tagForm = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/;
const digestForm = /^sha256:[0-9a-f]{64}$|^sha512:[0-9a-f]{128}$/;

/**
 * Reads `[https://]HOST[:PORT][/NAMESPACE...]` as a credential names it: the host must be written, and there is
 * neither tag nor digest. Docker Hub under any of its names is `docker.io`.
 */
export function parseRegistryScope(text: string): RegistryScope | Fault {
  // In a scope `registry:5000` can only be a host: the image `registry` with the tag `5000` is no place to sign in to.
  const reference = parseRegistryReference(/^[^/:]+:\d+$/.test(text) ? `${text}/` : text);
  if ('hint' in reference) return reference;
  if (!reference.hostWritten) return noHost;
  if (reference.tag !== null || reference.digest !== null) return oneImage;
  return { host: reference.host, segments: reference.segments };
}

/**
 * Reads every way people write a registry, a namespace or an image. As for docker, the first part is a host when it
 * has a dot or a port or is `localhost`; without a host Docker Hub is meant, and a single word is one of its
 * official images (`library/WORD`).
 */
export function parseRegistryReference(text: string): RegistryReference | Fault {
  const address = withoutScheme(text);
  if (address === '') return badReference;
  if (typeof address !== 'string') return address;
  const [name = '', digest = null, ...more] = address.split('@');
  if (more.length > 0 || (digest !== null && !digestForm.test(digest))) return badReference;
  const slash = name.indexOf('/');
  const first = slash < 0 ? name : name.slice(0, slash);
  const hostWritten = looksLikeHost(first, slash >= 0);
  const path = hostWritten ? (slash < 0 ? '' : name.slice(slash + 1)) : name;
  const [, repository = '', tag = null] = /^(.*?)(?::([^:/]*))?$/s.exec(path.replace(/\/$/, '')) ?? [];
  if (tag !== null && !tagForm.test(tag)) return badReference;
  return located({ first, hostWritten, repository, tag, digest });
}

/** `ghcr.io/acme` */
export function scopeText({ host, segments }: RegistryScope): string {
  return [host, ...segments].join('/');
}

/** Whether a registry or namespace is another one or lies below it. */
export function scopeCovers(outer: RegistryScope, inner: RegistryScope): boolean {
  return outer.host === inner.host && isPrefix(outer.segments, inner.segments);
}

interface Parts extends Omit<RegistryReference, 'host' | 'segments'> {
  readonly first: string;
  readonly repository: string;
}

function located({ first, hostWritten, repository, tag, digest }: Parts): RegistryReference | Fault {
  const written = hostWritten ? parseHost(first) : { hostname: 'docker.io', port: null };
  if (written === null) return badHost;
  const host = dockerHub.has(written.hostname) ? 'docker.io' : hostText(written, null);
  const segments = repository === '' ? [] : repository.toLowerCase().split('/');
  // Docker Hub's login address is https://index.docker.io/v1/: the v1 is no namespace.
  const names = host === 'docker.io' && /^v[12]$/.test(repository) ? [] : segments;
  if (!names.every((segment) => component.test(segment))) return badReference;
  if (names.length === 0 && (tag ?? digest) !== null) return badReference;
  const official = !hostWritten && names.length === 1 ? ['library', ...names] : names;
  return { host, segments: official, tag, digest, hostWritten };
}

function looksLikeHost(first: string, hasPath: boolean): boolean {
  const hostname = first.replace(/:[^:\]]*$/, '');
  return /^localhost$/i.test(hostname) || /[.[]/.test(hostname) || (hasPath && first.includes(':'));
}

function withoutScheme(text: string): string | Fault {
  const [, scheme, rest = ''] = /^([a-z][a-z0-9+.-]*):\/\/(.*)$/is.exec(text) ?? [];
  if (scheme === undefined) return text;
  const name = scheme.toLowerCase();
  const loopback = isLoopback(rest.split('/')[0] ?? '');
  return name === 'https' || name === 'docker' || name === 'oci' || (name === 'http' && loopback)
    ? rest
    : badScheme;
}

const noHost: Fault = {
  code: 'registry-host-missing',
  message: 'No registry host is written.',
  hint: 'Write HOST or HOST/NAMESPACE; Docker Hub is docker.io.',
};
const oneImage: Fault = {
  code: 'registry-image',
  message: 'This names one image; a credential is for a registry or a namespace.',
  hint: 'Remove the tag or the digest.',
};
const badHost: Fault = {
  code: 'registry-host',
  message: 'The registry host cannot be trusted to mean one machine.',
  hint: 'Write an ASCII host name or IP address, with :PORT if needed; no user name, no wildcard, no trailing dot.',
};
const badReference: Fault = {
  code: 'registry-reference',
  message: 'This is not a registry, a namespace or an image reference.',
  hint: 'Write HOST[:PORT][/NAMESPACE], or HOST/NAMESPACE/IMAGE[:TAG][@DIGEST]. A namespace covers what is below it without *.',
};
const badScheme: Fault = {
  code: 'registry-scheme',
  message: 'A registry is reached over https; http is for this machine alone.',
  hint: 'Write the host without a scheme.',
};
