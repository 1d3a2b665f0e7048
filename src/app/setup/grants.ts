import { Failure, type Problem, unexpected } from '../../core/failure.ts';
import { retrying } from '../../core/http/retry.ts';
import type { RegistryScope } from '../../core/manifest/manifest.ts';
import type { Use } from '../../core/selection/uses.ts';
import { gitPrefixes } from '../../core/session/git-prefixes.ts';
import type { GitGrant, Grant } from '../../core/session/grant.ts';
import { scopeCovers } from '../../core/target/registry-scope.ts';
import { gitProvider } from '../../providers/index.ts';
import type { GitProvider } from '../../providers/provider.ts';
import { registryAdvice } from '../../registries/advice.ts';
import { signInToRegistries } from '../../registries/sign-in.ts';
import { waitingOf } from '../effects.ts';
import type { JobContext } from '../job-context.ts';
import { stoppable } from '../stoppable.ts';
import type { Selected } from './selected.ts';
import { failedAt, type SignedUse } from './sign-ins.ts';

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
  const { credential, registries } = one.use;
  try {
    const provider = credential.provider === 'registry' ? null : gitProvider(credential.provider);
    const git = provider === null ? [] : await gitGrants(one, provider, selected);
    const isDone = registries.length === 0 || git.some((grant) => 'login' in grant);
    const grants = isDone ? git : [...git, ...(await registryGrants(one, context))];
    const advice = provider === null ? registryAdvice(one) : provider.advice(one.signIn, credential);
    return { grants, problems: [], advice };
  } catch (error) {
    // Thrown on, it would hide the tokens that are minted meanwhile, and nobody would revoke them.
    const failure = error instanceof Failure ? error : unexpected(error);
    return { grants: [], problems: [failedAt(credential, failure)], advice: [] };
  }
}

/** One sign-in for git, and for the registries that the credential's `registries` names where these can take it. */
async function gitGrants(
  { use, signIn }: SignedUse,
  provider: GitProvider,
  selected: Selected,
): Promise<readonly GitGrant[]> {
  const { credential } = use;
  const common = {
    credential: credential.name,
    git: use.repositories.length === 0 ? [] : gitPrefixes(use, selected.hosts),
    access: credential.access,
    expiresAt: credential.expires,
  };
  const only =
    signIn.kind === 'ssh-key' && use.repositories.length > 0
      ? (await import('./ssh-sign-in.ts')).sshSignIn(signIn, use, { provider, selected })
      : (provider.gitOnly?.(signIn) ?? null);
  if (only !== null) return [{ ...common, signIn: only }];
  const login = provider.login(signIn, credential);
  const email = signIn.kind === 'token' ? signIn.email : undefined;
  const registries = use.registries.length === 0 ? [] : credential.registries;
  return login === null ? [] : [{ ...common, login, email, registries }];
}

async function registryGrants({ use, signIn }: SignedUse, context: JobContext): Promise<readonly Grant[]> {
  const { credential } = use;
  const request = { credential: credential.name, signIn, registries: neededRegistries(use) };
  const surroundings = { fetch: retrying(stoppable(context), waitingOf(context)), now: context.now };
  const logins = (await signInToRegistries(request, surroundings)) ?? [];
  return logins.map(({ login, registries, expiresAt }) => ({
    credential: credential.name,
    login,
    git: [],
    registries,
    access: credential.access,
    expiresAt: expiresAt ?? credential.expires,
  }));
}

/** Of the registries that a credential is for, those that targets are in: each may cost a request. */
function neededRegistries({ credential, registries: targets }: Use): readonly RegistryScope[] {
  if (targets === 'all') return credential.registries;
  return credential.registries.filter((scope) => targets.some((target) => scopeCovers(scope, target)));
}
