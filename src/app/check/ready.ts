import { clause } from '../../core/check/clause.ts';
import { notAsked } from '../../core/check/judge.ts';
import type { CredentialResult } from '../../core/check/result.ts';
import { Failure } from '../../core/failure.ts';
import type { Credential, ResolvedSignIn } from '../../core/manifest/manifest.ts';
import { Secret } from '../../core/secret.ts';
import type { Circumstances } from '../../core/selection/selection.ts';
import type { RegistryTarget, RepositoryTarget } from '../../core/target/target.ts';
import type { GitSignIn } from '../../providers/check/authorization.ts';
import { gitProvider } from '../../providers/index.ts';
import { resolveSignIn } from '../references.ts';
import type { Run } from './run.ts';

/** A credential with its secrets in hand, and what it serves. */
export interface Ready extends GitSignIn {
  readonly credential: Credential;
  readonly signIn: ResolvedSignIn;
  readonly repositories: readonly RepositoryTarget[];
  readonly registries: readonly RegistryTarget[];
}

/** What a credential serves. */
export type Served = Pick<Ready, 'repositories' | 'registries'>;

/** Resolves a credential's secrets; or its result, when there is nothing to ask about. */
export function makeReady(
  credential: Credential,
  served: Served,
  { run, circumstances }: { run: Run; circumstances: Circumstances },
): Ready | CredentialResult {
  const result = (judged: Parameters<typeof notAsked>[1]) => notAsked(credential, judged, circumstances.now);
  if (!credential.active)
    return result({ status: 'inactive', message: 'the manifest says `status: inactive`', hint: '' });
  const elsewhere = outsideEnvironment(credential, circumstances.environment);
  if (elsewhere !== null) return result({ status: 'unknown', ...elsewhere });
  try {
    const signIn = resolveSignIn(credential, run.context);
    remember(signIn, run);
    return { credential, signIn, ...served, ...gitSignIn(credential, signIn) };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const message = clause(error.message).replace(`${credential.name}: `, '');
    return result({ status: 'invalid', message, hint: error.hint });
  }
}

/** Tells credentials that can be asked about from results. */
export function isReady(one: Ready | CredentialResult): one is Ready {
  return 'signIn' in one;
}

function outsideEnvironment({ environments }: Credential, given: string | null) {
  if (environments === null || (given !== null && environments.includes(given))) return null;
  const names = environments.join(', ');
  return {
    message: `it is for ${names} only, and was not asked about`,
    hint: `Check with the environment ${names}.`,
  };
}

function remember(signIn: ResolvedSignIn, run: Run): void {
  const username = 'username' in signIn ? signIn.username : undefined;
  for (const value of Object.values(signIn)) if (value instanceof Secret) run.know(value, username);
}

function gitSignIn(credential: Credential, signIn: ResolvedSignIn): GitSignIn {
  if (credential.provider === 'registry') return { login: null, gitOnly: null };
  const provider = gitProvider(credential.provider);
  const gitOnly = provider.gitOnly?.(signIn) ?? null;
  return { gitOnly, login: gitOnly === null ? provider.login(signIn, credential) : null };
}
