import { handOn, type Setup, setup } from '../app/setup.ts';
import { Failure } from '../core/failure.ts';
import { environmentNames } from '../core/manifest/environment-names.ts';
import type { Manifest } from '../core/manifest/manifest.ts';
import { setupJson } from '../report/setup-json.ts';
import { setupLines } from '../report/setup-lines.ts';
import type { Arguments } from './arguments.ts';
import { dotenvLines, shellLines } from './format.ts';
import { manifestOf, setupRequest, withContext } from './job.ts';
import type { RunVerb, Shell } from './verb.ts';

export const run: RunVerb = async (args, shell) => {
  const format = formatOf(args, shell);
  try {
    const manifest = await manifestOf(args, shell);
    if (manifest === null) return 0;
    await withContext(shell, async (context) => {
      const done = await setup(setupRequest(args, manifest, shell), context);
      await handOn(done, () => {
        shell.ci.exportVariables?.(done.environment);
        tell(done, shell);
        give(format, done, { args, shell, manifest });
        return shell.printed();
      });
    });
    return 0;
  } catch (error) {
    // `eval "$(... --format sh)"` swallows the exit code; `false` makes the shell see it.
    if (format === 'sh') shell.print('false\n');
    throw error;
  }
};

type Format = 'sh' | 'dotenv' | 'json' | null;

function formatOf(args: Arguments, shell: Shell): Format {
  if (args.one('format') !== null) return args.choice('format', ['sh', 'dotenv', 'json']);
  if (args.on('json')) return 'json';
  if (shell.ci.exportVariables !== null) return null;
  throw new Failure('usage', 'Only your shell can set variables for what follows.', {
    hint: 'Run: eval "$(pipeline-credentials setup --format sh)", with the flags of before.',
  });
}

function tell(done: Setup, { ci }: Shell): void {
  const end = ci.voice.section('Pipeline credentials');
  for (const line of setupLines(done.rows, { namesTargets: !ci.job.isPublic })) ci.voice.info(line);
  end();
}

function give(
  format: Format,
  done: Setup,
  { args, shell, manifest }: { args: Arguments; shell: Shell; manifest: Manifest },
) {
  if (format === 'json') shell.print(`${JSON.stringify(setupJson(done))}\n`);
  if (format === 'dotenv') shell.print(dotenvLines(done.environment));
  if (format === 'sh') shell.print(shellLines(done.environment, forgotten(args, shell, manifest)));
}

/** What the shell must not hand on to later commands (security rule 21). */
function forgotten(args: Arguments, { env }: Shell, manifest: Manifest): readonly string[] {
  const named = args.on('scrub') ? environmentNames(manifest) : new Set<string>();
  return Object.keys(env).filter((name) => isOurs(name) || named.has(name));
}

function isOurs(name: string): boolean {
  return /^INPUT_[A-Za-z0-9_]+$/.test(name) || name === 'PIPELINE_CREDENTIALS';
}
