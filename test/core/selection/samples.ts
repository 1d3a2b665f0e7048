import type { Location } from '../../../src/core/location.ts';
import type { Credential, ReferencedSignIn, RegistryScope } from '../../../src/core/manifest/manifest.ts';
import { Secret } from '../../../src/core/secret.ts';
import type { Circumstances } from '../../../src/core/selection/selection.ts';
import type { RegistryTarget, RepositoryTarget } from '../../../src/core/target/target.ts';

const place = { path: '', source: null, line: 1, column: 1 };
const secret = { from: 'text', text: new Secret('canary-secret'), place } as const;

export const token: ReferencedSignIn = { kind: 'token', token: secret };
export const password: ReferencedSignIn = { kind: 'password', password: secret };

export function app(repositories: 'listed' | 'all' | readonly string[]): ReferencedSignIn {
  return { kind: 'app', issuer: secret, privateKey: secret, permissions: {}, repositories };
}

export const today: Circumstances = { now: new Date('2026-11-20T12:00:00Z'), environment: null };

/** `https://github.com/acme` as a location; nothing that needs care. */
export function location(url: string): Location {
  const [, scheme = '', host = '', path = ''] = /^(https?):\/\/([^/]+)(.*)$/.exec(url) ?? [];
  return { scheme: scheme as 'https' | 'http', host, segments: path.split('/').filter(Boolean) };
}

export interface Sample extends Partial<Omit<Credential, 'base' | 'registries'>> {
  readonly name: string;
  readonly url?: string;
  readonly registries?: readonly string[];
}

/** Credentials in manifest order: tokens of GitHub for everything, but for what a sample says. */
export function credentials(...samples: readonly Sample[]): readonly Credential[] {
  return samples.map(({ url, registries = [], ...rest }, order) => ({
    provider: 'github',
    base: url === undefined ? null : location(url),
    registries: registries.map(scope),
    signIn: token,
    isDefault: false,
    active: true,
    expires: null,
    access: 'both',
    environments: null,
    purposes: [],
    ssh: [],
    apiUrl: null,
    tokenRealm: null,
    description: null,
    contact: null,
    order,
    place,
    ...rest,
  }));
}

function scope(text: string): RegistryScope {
  const [host = '', ...segments] = text.split('/');
  return { host, segments };
}

export function repository(url: string, more: Partial<RepositoryTarget> = {}): RepositoryTarget {
  return {
    kind: 'repository',
    given: url,
    provider: 'github',
    location: location(url),
    access: 'read',
    wildcard: false,
    revision: null,
    pinned: null,
    place: null,
    ...more,
  };
}

export function registry(text: string, more: Partial<RegistryTarget> = {}): RegistryTarget {
  return {
    kind: 'registry',
    given: text,
    ...scope(text),
    access: 'read',
    pinned: null,
    place: null,
    ...more,
  };
}
