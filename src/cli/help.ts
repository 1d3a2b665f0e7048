import { wrapped } from '../report/wrapped.ts';
import { commonFlags, type Flag, flagUsage } from './flags.ts';
import type { Verb } from './verb.ts';

/** What `pipeline-credentials --help` prints. */
export function generalHelp(verbs: readonly Verb[]): string {
  const rows = verbs.map((verb) => [[verb.name, ...(verb.aliases ?? [])].join(', '), verb.about] as const);
  return [
    'usage: pipeline-credentials VERB [FLAGS]',
    '',
    'One manifest of git and registry credentials for every CI job.',
    '',
    ...columns(rows),
    '',
    '`help VERB` tells more, `--version` the version. `demo` needs no account and no network: try it.',
    'Exit codes: 0 fine, 1 something does not work, 2 the manifest or the command line is wrong.',
    '',
  ].join('\n');
}

/** What `pipeline-credentials VERB --help` prints. */
export function verbHelp(verb: Verb): string {
  const rows = [...verb.flags, ...commonFlags].map((flag) => [flagUsage(flag), aboutOf(flag)] as const);
  return [usageOf(verb), '', verb.about, '', ...columns(rows), ''].join('\n');
}

/** What is no flag comes last, since a command takes all that follows it. */
function usageOf({ name, usage }: Verb): string {
  return `usage: pipeline-credentials ${name} [FLAGS] ${usage}`.trimEnd();
}

function aboutOf({ about, repeatable }: Flag): string {
  return repeatable === undefined ? about : `${about}; may be given again`;
}

/** Characters of a line that people read without effort, and terminals show without breaking it. */
const widest = 100;

function columns(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.flatMap(([left, right]) =>
    wrapped(right, widest - width - 4).map(
      (line, index) => `  ${(index === 0 ? left : '').padEnd(width)}  ${line}`,
    ),
  );
}
