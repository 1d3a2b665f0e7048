import { parseListedRefs } from '../../core/check/listed-refs.ts';
import { type Outcome, outcome } from '../../core/check/outcome.ts';
import { childEnvironment } from '../../core/child-environment.ts';
import { locationUrl } from '../../core/location.ts';
import { environmentNames } from '../../core/manifest/environment-names.ts';
import type { RepositoryTarget } from '../../core/target/target.ts';
import { settled } from '../../providers/check/find-revision.ts';
import { type Listed, lsRemote } from '../../system/ls-remote.ts';
import { forOneCommand } from '../setup/request.ts';
import { setup } from '../setup.ts';
import type { Ready } from './ready.ts';
import type { Run } from './run.ts';

interface Asking {
  readonly run: Run;
  readonly listsRevisions: boolean;
}

/** Asks for a repository as a job would: through a session of its own, whose ssh knows this key and its hosts only. */
export async function askBySsh(
  target: RepositoryTarget,
  ready: Ready,
  { run, listsRevisions }: Asking,
): Promise<Outcome> {
  return run.inTurn(async () => {
    const { context } = run;
    const { credential } = ready;
    const url = `${locationUrl(target.location)}.git`;
    const request = { kind: 'repository', given: url, access: target.access, revision: null } as const;
    const manifest = {
      credentials: [credential],
      targets: [{ ...request, pinned: null, place: null }],
    };
    const voice = { ...context.voice, info: () => {}, notice: () => {}, warning: () => {} };
    const session = await setup({ ...forOneCommand, docker: 'none', manifest }, { ...context, voice });
    try {
      const env = childEnvironment(context.env, environmentNames(manifest), session.environment);
      const { workspace } = context.job;
      const listed = await lsRemote({ url, env, cwd: session.folder, workspace, signal: context.signal });
      if (listed === null) return noGit;
      return listed.ok
        ? read(listed, target, { run, listsRevisions })
        : refused(listed, target, credential.name);
    } finally {
      await session.close();
    }
  });
}

const noGit = outcome({
  status: 'unknown',
  message: 'there is no git here that could ask by ssh',
  hint: 'Install git and ssh.',
});

function read({ refs }: Listed, target: RepositoryTarget, { run, listsRevisions }: Asking): Outcome {
  const message =
    target.access === 'write'
      ? 'it can be read; whether it may be pushed to cannot be asked by ssh'
      : 'it can be read';
  const found = settled(parseListedRefs(refs), target.revision, { listsRevisions, quote: run.quote });
  return outcome({ status: 'ok', message, proof: 'credential', ...found });
}

interface Refusal {
  readonly said: RegExp;
  readonly status: 'denied' | 'not-found' | 'unreachable';
  readonly message: (host: string, credential: string) => string;
  readonly hint: string;
}

/** ssh and the hosts say why in words alone; those of the hosts are not repeated, since they hold names and paths. */
const refusals: readonly Refusal[] = [
  {
    said: /host key verification failed|remote host identification has changed/i,
    status: 'denied',
    message: (host) => `the ssh server of ${host} shows another key than the one that is known`,
    hint: 'Compare it with what the host publishes, and correct `known-hosts`.',
  },
  {
    said: /permission denied/i,
    status: 'denied',
    message: (host, credential) => `${host} does not accept the key of ${credential}`,
    hint: 'Add its public key there.',
  },
  {
    said: /not found|does not exist|could not be found|access denied|not authori[sz]ed/i,
    status: 'not-found',
    message: (_host, credential) => `there is no such repository, or ${credential} may not see it`,
    hint: 'Check the address, and add the key to the repository.',
  },
  {
    said: /could not resolve|connection (?:refused|closed|reset|timed out)|timed out|no route|kex_exchange/i,
    status: 'unreachable',
    message: (host) => `the ssh server of ${host} did not answer`,
    hint: 'Check `ssh`, the port, and firewalls.',
  },
];
const otherRefusal: Omit<Refusal, 'said'> = {
  status: 'denied',
  message: () => 'git could not read it by ssh',
  hint: 'Run `git ls-remote` after `setup` to see why.',
};

function refused({ said }: Listed, { location: { host } }: RepositoryTarget, credential: string): Outcome {
  const { status, message, hint } = refusals.find((one) => one.said.test(said)) ?? otherRefusal;
  return outcome({ status, message: message(host, credential), hint });
}
