import { alive, dead, type HostAnswer, unknown, unreached } from '../../core/check/answer.ts';
import { clause } from '../../core/check/clause.ts';
import { Failure } from '../../core/failure.ts';
import { endOfJwt } from '../../core/jwt.ts';
import type { Login } from '../../core/login.ts';
import { askAws } from '../../providers/check/aws.ts';
import { ecrEndpoint } from '../../registries/ecr.ts';
import { proveLogin } from '../../registries/probe-registry.ts';
import { signInToRegistries } from '../../registries/sign-in.ts';
import type { RegistryEntry } from '../../registries/token.ts';
import type { RegistryLogin } from '../../registries/vendor.ts';
import type { Ready } from './ready.ts';
import type { Run } from './run.ts';

/** Asks about a credential of a registry: AWS keys at STS, others by the registry's own sign-in. */
export async function askRegistries(ready: Ready, run: Run): Promise<HostAnswer> {
  const { credential, signIn } = ready;
  const [first] = credential.registries;
  if (first === undefined) return unknown('it names no registry', 'Add `registry`.');
  if (signIn.kind === 'aws') {
    const { fetch, quote, hostNow, context } = run;
    const region = ecrEndpoint(first.host)?.region ?? 'us-east-1';
    return askAws({ fetch, quote, hostNow, now: context.now }, { keys: signIn, region });
  }
  try {
    const login = await loginTo(first.host, ready, run);
    if (login === null) return unknown('this sign-in tells nothing of itself', 'A target proves it.');
    const entry = await proveLogin({ host: first.host, login, named: trustedHosts(ready), fetch: run.fetch });
    return answerOf(entry, ready, { host: first.host, quote: run.quote });
  } catch (error) {
    if (!(error instanceof Failure) || error.code === 'interrupted') throw error;
    const why = clause(error.message).replace(`${credential.name}: `, '');
    return error.code === 'unreachable' ? unreached(why, error.hint) : dead(why, error.hint);
  }
}

/**
 * The registries of a git credential that do not let it in, where no target would show that; in words for what it lacks.
 * What cannot be asked is not known to lack anything.
 */
export async function refusingRegistries(ready: Ready, run: Run): Promise<readonly string[]> {
  const { credential, login } = ready;
  if (credential.provider === 'registry' || login === null) return [];
  const hosts = [...new Set(credential.registries.map(({ host }) => host))];
  const entries = await Promise.all(
    hosts.map((host) =>
      proveLogin({ host, login, named: trustedHosts(ready), fetch: run.fetch }).catch(() => null),
    ),
  );
  return hosts
    .filter((_host, index) => entries[index]?.kind === 'login-refused')
    .map((host) => `access to ${host}`);
}

/** Hosts that the manifest names beside a registry, which may be its token service (security rule 12). */
export function trustedHosts({ credential }: Pick<Ready, 'credential'>): readonly string[] {
  return [credential.tokenRealm, credential.base?.host ?? null].filter((host) => host !== null);
}

/**
 * What container tools would sign in with at a registry, exchanged first where its vendor wants that; null when the
 * sign-in has nothing for registries.
 * @throws Failure when the exchange was refused.
 */
export async function loginTo(host: string, ready: Ready, run: Run): Promise<Login | null> {
  if (ready.login !== null) return ready.login;
  const { credential, signIn } = ready;
  const registries = credential.registries.filter((scope) => scope.host === host);
  const request = { credential: credential.name, signIn, registries };
  const logins = (await signInToRegistries(request, { fetch: run.fetch, now: run.context.now })) ?? [];
  for (const { login } of logins) run.know(login.password, login.username);
  return loginFor(logins, host);
}

function loginFor(logins: readonly RegistryLogin[], host: string): Login | null {
  return logins.find(({ registries }) => registries.some((scope) => scope.host === host))?.login ?? null;
}

interface Place {
  readonly host: string;
  readonly quote: Run['quote'];
}

function answerOf(entry: RegistryEntry, { signIn }: Ready, { host, quote }: Place): HostAnswer {
  switch (entry.kind) {
    case 'open':
      return entry.authorization === null
        ? unknown(`${host} asks nobody to sign in, so it was not tried`, 'Check the host.')
        : alive({ expiresAt: signIn.kind === 'entra' ? endOfJwt(signIn.token) : null });
    case 'login-refused':
      return dead(
        `${host} does not accept it`,
        'Its user name or its secret is wrong, has expired or was revoked.',
      );
    case 'realm-refused':
      return unknown(
        `${host} wants the password sent to ${quote(entry.realm)}, which the manifest does not name`,
        'If that is its token service, add `token-realm`.',
      );
    case 'not-a-registry':
    case 'no-token':
      return entry.status >= 500
        ? unreached(`${host} answered ${entry.status}`, 'Try again later.')
        : unknown(
            `${host} answered ${entry.status}`,
            entry.status === 429 ? 'Run the check again later.' : 'Check the host.',
          );
  }
}
