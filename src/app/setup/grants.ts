import { Failure, type Problem } from '../../core/failure.ts';
import type { Credential } from '../../core/manifest/manifest.ts';
import { gitPrefixes } from '../../core/session/git-prefixes.ts';
import type { GitGrant, Grant } from '../../core/session/grant.ts';
import { gitProvider } from '../../providers/index.ts';
import type { GitProvider } from '../../providers/provider.ts';
import { signInToRegistries } from '../../registries/sign-in.ts';
import type { JobContext } from '../job-context.ts';
import type { Selected } from './selected.ts';
import { problemAt, type SignedUse } from './sign-ins.ts';

export interface Grants {
  readonly grants: readonly GitGrant[];
  readonly problems: readonly Problem[];
  readonly advice: readonly string[];
}

/** The sign-ins of every credential but Apps, which mint theirs. Registries that exchange first are asked in parallel. */
export async function staticGrants(
  signed: readonly SignedUse[],
  selected: Selected,
  context: JobContext,
): Promise<Grants> {
  const results = await Promise.all(
    signed.filter(({ signIn }) => signIn.kind !== 'app').map((one) => grantsOf(one, selected, context)),
  );
  return {
    grants: results.flatMap(({ grants }) => grants),
    problems: results.flatMap(({ problems }) => problems),
    advice: results.flatMap(({ advice }) => advice),
  };
}

async function grantsOf(one: SignedUse, selected: Selected, context: JobContext): Promise<Grants> {
  const { credential } = one.use;
  try {
    const isGit = credential.provider !== 'registry';
    const grants = isGit ? gitGrants(one, gitProvider(credential.provider), selected) : [];
    if (grants.length === 0) grants.push(...(await registryGrants(one, context)));
    const advice = isGit ? gitProvider(credential.provider).advice(one.signIn, credential) : [];
    return { grants, problems: [], advice };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { grants: [], problems: [problemAt(credential, error)], advice: [] };
  }
}

/** One sign-in for git, and for the registries that the credential's `registries` names where these can take it. */
function gitGrants({ use, signIn }: SignedUse, provider: GitProvider, { hosts }: Selected): GitGrant[] {
  const { credential } = use;
  const common = {
    credential: credential.name,
    git: use.repositories.length === 0 ? [] : gitPrefixes(use, hosts),
    access: credential.access,
    expiresAt: endOf(credential),
  };
  const only = provider.gitOnly?.(signIn) ?? null;
  if (only !== null) return [{ ...common, signIn: only }];
  const login = provider.login(signIn, credential);
  const registries = use.registries.length === 0 ? [] : credential.registries;
  return login === null ? [] : [{ ...common, login, registries }];
}

function endOf({ expires }: Credential): Date | null {
  return expires instanceof Date ? expires : null;
}

async function registryGrants({ use, signIn }: SignedUse, context: JobContext): Promise<readonly Grant[]> {
  const { credential } = use;
  const request = { credential: credential.name, signIn, registries: credential.registries };
  const logins = (await signInToRegistries(request, { fetch: context.http.fetch, now: context.now })) ?? [];
  return logins.map(({ login, registries, expiresAt }) => ({
    credential: credential.name,
    login,
    git: [],
    registries,
    access: credential.access,
    expiresAt: expiresAt ?? endOf(credential),
  }));
}
