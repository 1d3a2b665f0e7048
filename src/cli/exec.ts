import { setup } from '../app/setup.ts';
import { childEnvironment } from '../core/child-environment.ts';
import { environmentNames } from '../core/manifest/environment-names.ts';
import type { Manifest } from '../core/manifest/manifest.ts';
import { runCommand } from '../system/run-command.ts';
import type { Arguments } from './arguments.ts';
import { manifestOf, setupRequest, withContext } from './job.ts';
import { noCommand } from './no-command.ts';
import type { RunVerb, Shell } from './verb.ts';

export const run: RunVerb = async (args, shell) => {
  if (args.command.length === 0) throw noCommand();
  const manifest = await manifestOf(args, shell);
  if (manifest === null) return await runCommand(commandWith({}, { args, shell, manifest: null }));
  return await withContext(shell, async (context) => {
    const done = await setup({ ...setupRequest(args, manifest, shell), within: 'command' }, context);
    try {
      return await runCommand(commandWith(done.environment, { args, shell, manifest }));
    } finally {
      await done.close();
    }
  });
};

interface Asked {
  readonly args: Arguments;
  readonly shell: Shell;
  readonly manifest: Manifest | null;
}

function commandWith(environment: Readonly<Record<string, string>>, { args, shell, manifest }: Asked) {
  const hidden = manifest !== null && args.on('scrub') ? environmentNames(manifest) : new Set<string>();
  return {
    words: args.command,
    env: childEnvironment(shell.env, hidden, environment),
    cwd: shell.cwd,
    interrupts: shell.interrupts,
    onTerminal: shell.onTerminal,
  };
}
