import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { cleanup } from '../app/cleanup.ts';
import type { JobContext } from '../app/job-context.ts';
import { revoke } from '../app/setup/close.ts';
import { temporaryFolder } from '../app/setup/open-session.ts';
import { staleVariables } from '../core/session/stale-variables.ts';
import { unsetValue } from '../core/session/unset-value.ts';
import { sessionsIn } from '../system/find-sessions.ts';
import { shellLines } from './format.ts';
import { withContext } from './job.ts';
import type { RunVerb, Shell } from './verb.ts';

export const run: RunVerb = (args, shell) =>
  withContext(shell, async (context) => {
    const folder = args.one('session');
    const done = await cleanup({
      which:
        folder === null
          ? { kind: 'all', job: context.job.id }
          : { kind: 'folder', folder: resolve(shell.cwd, folder) },
      root: temporaryFolder(context),
      env: shell.env,
      user: shell.self.user,
      revoke: (tokens) => revoke(tokens, context),
    });
    for (const warning of done.warnings) context.voice.warning(warning);
    const others = folder === null && context.job.id === null ? sessionsBeside(context) : [];
    context.voice.info(told(done.removed.length, others));
    restore(done.restore, shell);
    if (args.one('format') === 'sh')
      shell.print(backLines(done.removed.length === 0 ? stale(shell) : done.restore));
    if (args.on('json'))
      shell.print(`${JSON.stringify({ version: 1, removed: done.removed, restore: done.restore })}\n`);
    return 0;
  });

/** A `cleanup` whose output no shell read took the session along, and left its variables. */
function stale({ env }: Shell): Restore {
  const { PIPELINE_CREDENTIALS_SESSION: folder = '' } = env;
  return folder === '' || existsSync(folder) ? {} : staleVariables(env, folder);
}

type Restore = Readonly<Record<string, string | null>>;

/** Sessions that somebody made and did not let a shell read, or that other shells have. */
function sessionsBeside(context: JobContext): readonly string[] {
  return sessionsIn(temporaryFolder(context), context.self.user).map(({ path }) => path);
}

function told(count: number, others: readonly string[]): string {
  const none = 'There is no session to remove';
  if (count === 0 && others.length > 0)
    return `${none} in this shell; --session removes another: ${others[0]}.`;
  if (count === 0) return `${none}.`;
  return count === 1 ? 'Signed out: the session is removed.' : `Signed out: ${count} sessions are removed.`;
}

function restore(variables: Restore, { ci }: Shell): void {
  const values = Object.entries(variables).map(([name, value]) => [name, value ?? unsetValue(name)] as const);
  if (values.length > 0) ci.exportVariables?.(Object.fromEntries(values));
}

function backLines(variables: Restore): string {
  const set = Object.entries(variables).filter((entry): entry is [string, string] => entry[1] !== null);
  const unset = Object.keys(variables).filter((name) => variables[name] === null);
  return shellLines(Object.fromEntries(set), unset);
}
