import { Failure, type Problem } from '../../core/failure.ts';
import { gitPrefixes } from '../../core/session/git-prefixes.ts';
import type { Grant, Login } from '../../core/session/grant.ts';
import { gitProvider } from '../../providers/index.ts';
import { signInToRegistries } from '../../registries/sign-in.ts';
import type { JobContext } from '../job-context.ts';
import type { Selected } from './selected.ts';
import { problemAt, type SignedUse } from './sign-ins.ts';

export interface Grants {
  readonly grants: readonly Grant[];
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
    const login =
      credential.provider === 'registry'
        ? null
        : gitProvider(credential.provider).login(one.signIn, credential);
    const advice =
      credential.provider === 'registry'
        ? []
        : gitProvider(credential.provider).advice(one.signIn, credential);
    const grants = login === null ? await registryGrants(one, context) : [gitGrant(one, login, selected)];
    return { grants, problems: [], advice };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { grants: [], problems: [problemAt(credential, error)], advice: [] };
  }
}

/** One sign-in for git and for the registries that the credential's `registries` names. */
function gitGrant({ use }: SignedUse, login: Login, { hosts }: Selected): Grant {
  const { credential } = use;
  return {
    credential: credential.name,
    login,
    git: use.repositories.length === 0 ? [] : gitPrefixes(use, hosts),
    registries: use.registries.length === 0 ? [] : credential.registries,
    access: credential.access,
    expiresAt: credential.expires instanceof Date ? credential.expires : null,
  };
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
    expiresAt: expiresAt ?? (credential.expires instanceof Date ? credential.expires : null),
  }));
}
