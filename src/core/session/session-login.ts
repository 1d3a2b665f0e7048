import { isObject, type JsonObject, objectAt } from '../json.ts';
import { type Location, locationUrl } from '../location.ts';
import { type Login, parseBasicAuth } from '../login.ts';
import type { RegistryScope } from '../manifest/manifest.ts';
import { Secret } from '../secret.ts';
import { containersKey } from './docker-key.ts';
import type { WrittenSection } from './git-sections.ts';

/**
 * Where the login is that a session gives git for a repository: the files of its longest section, as git itself finds
 * it. Null where nobody signs in, or where no file holds user name and password.
 */
export function gitLoginFiles(
  sections: readonly WrittenSection[],
  location: Location,
): readonly string[] | null {
  const covering = sections
    .filter(({ does, prefix }) => does !== 'guard' && covers(prefix.location, location))
    .toSorted((a, b) => b.prefix.location.segments.length - a.prefix.location.segments.length);
  const [section] = covering;
  return section?.does === 'sign-in' && section.way === 'file' ? section.files : null;
}

/** User name and password of a credential file; null when it holds something else. */
export function parseCredentialFile(text: string): Login | null {
  const [, username, password] = /^username=(.*)\npassword=(.*)\n$/.exec(text) ?? [];
  return username === undefined || password === undefined
    ? null
    : { username, password: new Secret(password) };
}

/** The login that a session's containers-auth.json has for a registry or namespace: the longest key counts. */
export function containersLogin(config: JsonObject, { host, segments }: RegistryScope): Login | null {
  const auths = objectAt(config, 'auths');
  for (let length = segments.length; length >= 0; length -= 1) {
    const entry = auths[containersKey({ host, segments: segments.slice(0, length) })];
    if (isObject(entry)) return typeof entry.auth === 'string' ? parseBasicAuth(entry.auth) : null;
  }
  return null;
}

function covers(prefix: Location, location: Location): boolean {
  const [outer, inner] = [locationUrl(prefix), locationUrl(location)];
  return inner === outer || inner.startsWith(`${outer}/`);
}
