import type { HostAnswer } from '../../core/check/answer.ts';
import { Failure } from '../../core/failure.ts';
import type { Login } from '../../core/login.ts';
import type { Secret } from '../../core/secret.ts';
import type { RegistryTarget, RepositoryTarget } from '../../core/target/target.ts';
import { gitAuthorization } from '../../providers/check/authorization.ts';
import { providerCheck } from '../../providers/check/index.ts';
import type { Selected } from '../setup/selected.ts';
import { askRegistries, loginTo, refusingRegistries } from './ask-registries.ts';
import type { Ready } from './ready.ts';
import type { Run } from './run.ts';

/** A credential with its host's answer, ready to be tried at its targets. */
export interface Server {
  readonly ready: Ready;
  readonly answer: HostAnswer;
  /** By the clock of the host that answered. */
  readonly now: Date;
  /** @throws Failure when it has nothing that git could sign in with there. */
  readonly authorize: (target: RepositoryTarget) => Secret;
  /** @throws Failure when it has nothing to sign in to a registry with, or its exchange was refused. */
  readonly logIn: (target: RegistryTarget) => Promise<Login>;
  /** Gives back what came to life for this check. */
  readonly close: () => Promise<void>;
}

/** Asks the host of a token, a password or keys about it. */
export async function serve(
  ready: Ready,
  { run, selected }: { readonly run: Run; readonly selected: Selected },
): Promise<Server> {
  const { answer, now } = await askHostOf(ready, run);
  const isNamed = selected.selections.some(({ target }) => target.kind === 'registry');
  const missing = isNamed || answer.life.alive === 'no' ? [] : await refusingRegistries(ready, run);
  const logins = new Map<string, Promise<Login | null>>();
  return {
    ready,
    answer: { ...answer, missing: [...answer.missing, ...missing] },
    now,
    authorize: ({ location }) => gitAuthorization(ready, location, run.context.now()) ?? noSignIn(ready),
    logIn: async ({ host }) => {
      const login = logins.get(host) ?? loginTo(host, ready, run);
      logins.set(host, login);
      return (await login) ?? noSignIn(ready);
    },
    close: async () => {},
  };
}

async function askHostOf(ready: Ready, run: Run): Promise<Pick<Server, 'answer' | 'now'>> {
  const hosts: string[] = [];
  const watched: Run = {
    ...run,
    fetch: (url, init) => {
      hosts.push(new URL(url).host);
      return run.fetch(url, init);
    },
  };
  const { provider } = ready.credential;
  const { fetch, quote, hostNow, context } = watched;
  const question = { ...ready, fetch, quote, hostNow, now: context.now };
  const answer =
    provider === 'registry'
      ? await askRegistries(ready, watched)
      : await providerCheck(provider).ask(question);
  const [first] = hosts;
  return { answer, now: first === undefined ? context.now() : hostNow(first) };
}

function noSignIn({ credential }: Ready): never {
  throw new Failure('refused', `${credential.name} has nothing to sign in with there.`, {
    hint: 'Add a token, or a user name and a password.',
  });
}
