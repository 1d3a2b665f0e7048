import { commonFlags, type Flag } from './flags.ts';
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
    'pipeline-credentials VERB --help tells more. `demo` needs no account and no network: try it first.',
    '',
  ].join('\n');
}

/** What `pipeline-credentials VERB --help` prints. */
export function verbHelp(verb: Verb): string {
  const flags = [...verb.flags, ...commonFlags];
  return [
    `usage: pipeline-credentials ${`${verb.name} ${verb.usage}`.trim()} [FLAGS]`,
    '',
    verb.about,
    '',
    ...columns(flags.map((flag) => [flagUsage(flag), flag.about])),
    '',
  ].join('\n');
}

function flagUsage(flag: Flag): string {
  return `--${flag.name}${flag.value === null ? '' : ` ${flag.value}`}`;
}

function columns(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
}
