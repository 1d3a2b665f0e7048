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

/** ssh and the hosts say why in words alone; those of the hosts are not repeated, since they hold names and paths. */
function refused({ said }: Listed, { location: { host } }: RepositoryTarget, name: string): Outcome {
  if (/host key verification failed|remote host identification has changed/i.test(said)) {
    const message = `the ssh server of ${host} shows another key than the one that is known`;
    return outcome({
      status: 'denied',
      message,
      hint: 'Compare it with what the host publishes, and correct `known-hosts`.',
    });
  }
  if (/permission denied/i.test(said))
    return outcome({
      status: 'denied',
      message: `${host} does not accept the key of ${name}`,
      hint: 'Add its public key there.',
    });
  if (/not found|does not exist|could not be found|access denied|not authori[sz]ed/i.test(said)) {
    const message = `there is no such repository, or ${name} may not see it`;
    return outcome({
      status: 'not-found',
      message,
      hint: 'Check the address, and add the key to the repository.',
    });
  }
  if (
    /could not resolve|connection (?:refused|closed|reset|timed out)|timed out|no route|kex_exchange/i.test(
      said,
    )
  )
    return outcome({
      status: 'unreachable',
      message: `the ssh server of ${host} did not answer`,
      hint: 'Check `ssh`, the port, and firewalls.',
    });
  return outcome({
    status: 'denied',
    message: 'git could not read it by ssh',
    hint: 'Run `git ls-remote` after `setup` to see why.',
  });
}
