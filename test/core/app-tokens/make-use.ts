import type { AppSignIn, Credential, Reference } from '../../../src/core/manifest/manifest.ts';
import { Secret } from '../../../src/core/secret.ts';
import type { Use } from '../../../src/core/selection/uses.ts';
import type { RegistryTarget, RepositoryTarget } from '../../../src/core/target/target.ts';

const place = { path: 'credentials[0]', source: null, line: 3, column: 5 };

function literal(text: string): Reference {
  return { from: 'text', text: new Secret(text), place };
}

interface AppOptions {
  readonly name?: string;
  /** Base URL. */
  readonly url?: string;
  readonly repositories?: AppSignIn<never, never>['repositories'];
  readonly permissions?: AppSignIn<never, never>['permissions'];
  readonly installationId?: string;
  /** `ghcr.io/acme` */
  readonly registries?: readonly string[];
  readonly apiUrl?: string;
}

/** An App's credential as it comes out of a manifest. */
export function appCredential(options: AppOptions = {}): Credential {
  const { installationId } = options;
  return {
    name: options.name ?? 'acme-app',
    provider: 'github',
    base: options.url === undefined ? null : locationOf(options.url),
    registries: (options.registries ?? []).map(scopeOf),
    signIn: {
      kind: 'app',
      issuer: literal('Iv23example'),
      privateKey: literal('unused'),
      ...(installationId === undefined ? {} : { installationId: literal(installationId) }),
      permissions: options.permissions ?? {},
      repositories: options.repositories ?? 'listed',
    },
    isDefault: false,
    active: true,
    expires: null,
    access: 'both',
    environments: null,
    purposes: [],
    ssh: [],
    apiUrl: options.apiUrl ?? null,
    tokenRealm: null,
    description: null,
    contact: null,
    order: 0,
    place,
  };
}

/** What the App is used for: targets as people write them, ` write` at the end. */
export function appUse(
  options: AppOptions & { targets?: readonly string[]; images?: readonly string[] } = {},
): Use {
  return {
    credential: appCredential(options),
    repositories: options.targets?.map(repositoryTarget) ?? 'all',
    registries: options.images?.map(registryTarget) ?? (options.registries === undefined ? [] : 'all'),
  };
}

function repositoryTarget(written: string): RepositoryTarget {
  const { given, access } = parsed(written);
  const wildcard = given.endsWith('/*');
  const location = locationOf(given.replace(/\/\*$/, ''));
  const common = { given, access, pinned: null, place: null, revision: null };
  return { kind: 'repository', provider: 'github', location, wildcard, ...common };
}

function registryTarget(written: string): RegistryTarget {
  const { given, access } = parsed(written);
  return { kind: 'registry', given, access, pinned: null, place: null, ...scopeOf(given) };
}

function parsed(written: string) {
  const access: 'read' | 'write' = written.endsWith(' write') ? 'write' : 'read';
  return { given: written.replace(/ write$/, ''), access };
}

function scopeOf(text: string) {
  const [host = '', ...segments] = text.split('/');
  return { host, segments };
}

function locationOf(text: string): RepositoryTarget['location'] {
  const url = new URL(text);
  const segments = url.pathname.split('/').filter((segment) => segment !== '');
  const scheme = url.protocol === 'http:' ? 'http' : 'https';
  return { scheme, host: url.host, segments: segments.map((segment) => segment.replace(/\.git$/, '')) };
}
