import type { Rotation } from '../app/keeping/rotate/request.ts';
import { type RotateResult, rotate } from '../app/keeping/rotate.ts';
import { parseSpan } from '../core/check/verdict.ts';
import { Failure } from '../core/failure.ts';
import { problemLines } from '../report/problem-lines.ts';
import type { Arguments } from './arguments.ts';
import { anyManifest, storeOf, withKeeping } from './keeping.ts';
import type { RunVerb, Shell } from './verb.ts';

export const run: RunVerb = async (args, shell) => {
  const within = args.one('within');
  const request = {
    manifest: anyManifest(args, shell),
    names: [...args.positionals, ...(args.lines('credentials') ?? [])],
    within: within === null ? null : parseSpan(within, '--within'),
    days: numberOf(args, 'days'),
    store: storeOf(args),
    as: args.one('as') ?? 'PIPELINE_CREDENTIALS',
    recoveryToken: args.one('recovery-token'),
    withoutNet: args.on('no-recovery'),
    recover: numberOf(args, 'recover'),
    guided: args.on('guided'),
    from: args.one('secret-from'),
    dryRun: args.on('dry-run'),
  };
  if (request.names.length === 0 && within === null) throw nothingNamed();
  const { rotations, failures } = await withKeeping(shell, (context) => rotate(request, context));
  for (const one of rotations) tell(one, shell);
  for (const one of failures) tellFailed(one, shell);
  if (args.on('json')) {
    const failed = failures.map(({ name, failure: { code, message, hint } }) => ({
      name,
      code,
      message,
      hint,
    }));
    shell.print(`${JSON.stringify({ version: 1, rotations, failures: failed })}\n`);
  }
  return failures.length === 0 ? 0 : 1;
};

const states: Readonly<Record<Rotation['state'], string>> = {
  rotated: 'is rotated',
  recovered: 'was brought back from a rotation that was cut off',
  'would-rotate': 'would be rotated',
  'not-due': 'is not due',
};

function tell({ name, state, expires, kept, left }: Rotation, { ci }: Shell): void {
  const end = expires === null ? '' : ` It ends: ${expires}.`;
  ci.voice.info(`${name} ${states[state]}${kept.length === 0 ? '' : `: ${kept.join(', ')}`}.${end}`);
  for (const line of left) ci.voice.notice(line);
}

function tellFailed({ name, failure }: RotateResult['failures'][number], { ci }: Shell): void {
  const { message, hint, problems } = failure;
  for (const line of problems.flatMap(problemLines)) ci.voice.notice(line);
  const about =
    /^[: ]/.test(message.replace(name, '')) && message.startsWith(name) ? message : `${name}: ${message}`;
  ci.voice.warning(`${about}${/[.!?]$/.test(about) ? '' : '.'} ${hint}`);
}

function numberOf(args: Arguments, flag: string): number | null {
  const text = args.one(flag);
  if (text === null) return null;
  if (/^[1-9]\d{0,11}$/.test(text)) return Number(text);
  throw new Failure('usage', `--${flag} is not a number.`, { hint: 'Write digits only.' });
}

function nothingNamed(): Failure {
  return new Failure('usage', 'Nothing says which credentials are to be rotated.', {
    hint: 'Name them, or say `--within 30d` for all GitLab tokens that end by then.',
  });
}
