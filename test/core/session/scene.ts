import { planMints } from '../../../src/core/app-tokens/plan-mints.ts';
import { locationUrl } from '../../../src/core/location.ts';
import { Secret } from '../../../src/core/secret.ts';
import { compileCatalog } from '../../../src/core/selection/catalog.ts';
import { choose } from '../../../src/core/selection/choose.ts';
import { planUses, type Use } from '../../../src/core/selection/uses.ts';
import { gitPrefixes } from '../../../src/core/session/git-prefixes.ts';
import type { GrantedSection } from '../../../src/core/session/git-sections.ts';
import type { GitGrant, GitOnlySignIn, Grant } from '../../../src/core/session/grant.ts';
import type { Scene } from '../../../src/core/session/scene.ts';
import { compileHosts, type HostTable } from '../../../src/core/target/hosts.ts';
import { isProblem, parseTarget, parseTargetLine } from '../../../src/core/target/parse-target.ts';
import type { Target } from '../../../src/core/target/target.ts';
import { gitProviders } from '../../../src/providers/index.ts';
import { credentials, location, type Sample, today } from '../selection/samples.ts';

export interface SceneOptions {
  readonly samples: readonly Sample[];
  /** As an input writes them. */
  readonly repositories?: readonly string[];
  readonly registries?: readonly string[];
  /** What a manifest pins: target -> credential. */
  readonly pins?: Readonly<Record<string, string>>;
  /** The job's own repository. */
  readonly own?: string;
  /** Credentials that sign in to git otherwise than by user name and password. */
  readonly gitOnly?: Readonly<Record<string, GitOnlySignIn>>;
}

/** What setup knows before it plans a session, with a token `canary-NAME` for each credential in use. */
export function scene(options: SceneOptions): Scene {
  const list = credentials(...options.samples);
  const hosts = compileHosts(list, gitProviders);
  const catalog = compileCatalog(list, gitProviders);
  const targets = [
    ...(options.repositories ?? []).map((line) => target(hosts, { line, kind: 'repository' })),
    ...(options.registries ?? []).map((line) => target(hosts, { line, kind: 'registry' })),
  ].map((one) => ({ ...one, pinned: options.pins?.[one.given] ?? null }));
  const selections = targets.map((one) => choose(catalog, one, today));
  const uses = planUses(list, selections, today);
  const own = options.own === undefined ? [] : [ownToken(options.own)];
  return {
    grants: [...uses.flatMap((use) => grants(use, hosts)), ...own].map((grant) => otherwise(grant, options)),
    selections,
    catalog,
    hosts,
    circumstances: today,
  };
}

/** One line for each section: `https://github.com/acme -> acme-app`, `repository` where it is one, `-` for nobody. */
export function summary(sections: readonly GrantedSection[]): readonly string[] {
  return sections.map((section) => {
    const { location: place, kind, bare } = section.prefix;
    const who = section.does === 'sign-in' ? section.grant.credential : section.does;
    return `${locationUrl(place)} (${kind}${bare ? ', bare' : ''}) -> ${who}`;
  });
}

function target(hosts: HostTable, { line, kind }: { line: string; kind: Target['kind'] }): Target {
  const parsed = parseTarget(hosts, parseTargetLine(line, kind));
  if (isProblem(parsed)) throw new Error(parsed.message);
  return parsed;
}

function grants(use: Use, hosts: HostTable): readonly Grant[] {
  const { credential } = use;
  const common = {
    credential: credential.name,
    login: { username: 'x-access-token', password: new Secret(`canary-${credential.name}`) },
    expiresAt: null,
  };
  if (credential.signIn.kind === 'app') {
    return planMints([use]).plans.map(({ git, registries, permissions }) => {
      const access = permissions.contents === 'write' ? 'both' : 'read';
      return { ...common, git, registries, access };
    });
  }
  const git = credential.provider === 'registry' ? [] : gitPrefixes(use, hosts);
  return [{ ...common, git, registries: credential.registries, access: credential.access }];
}

function otherwise({ login, ...grant }: Grant, { gitOnly }: SceneOptions): GitGrant {
  const signIn = gitOnly?.[grant.credential];
  return signIn === undefined ? { ...grant, login } : { ...grant, signIn };
}

function ownToken(url: string): Grant {
  const login = { username: 'x-access-token', password: new Secret('canary-job-token') };
  const prefix = { location: location(url), kind: 'repository', bare: true } as const;
  return { credential: 'job-token', login, git: [prefix], registries: [], access: 'read', expiresAt: null };
}
