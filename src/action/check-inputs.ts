import type { CheckRequest } from '../app/check/request.ts';
import type { ActionRunner } from '../ci/github-action.ts';
import { parseIssueKey } from '../core/check/issue-report.ts';
import { type FailOn, failOnChoices, parseSpan } from '../core/check/verdict.ts';
import { Failure } from '../core/failure.ts';
import { Secret } from '../core/secret.ts';
import { choice, listOrNull } from './inputs.ts';

/** What the step's inputs ask of a check; the manifest is read by itself. */
export interface CheckInputs extends Omit<CheckRequest, 'manifest' | 'progress'> {
  readonly failOn: FailOn;
  readonly details: boolean;
  /** Null: no issue is kept. */
  readonly issue: { readonly key: string; readonly token: Secret } | null;
  /** Variables that references may name, besides those of the step. */
  readonly env: Readonly<Record<string, string>>;
}

export function checkInputs(runner: ActionRunner): CheckInputs {
  return {
    repositories: listOrNull(runner, 'repositories'),
    registries: listOrNull(runner, 'registries'),
    credentials: listOrNull(runner, 'credentials'),
    environment: runner.input('environment') || null,
    warnWithin: parseSpan(runner.input('warn-within'), 'The input warn-within'),
    failOn: choice(runner, 'fail-on', failOnChoices),
    details: runner.flag('details', false),
    listsRevisions: false,
    issue: issueInput(runner),
    env: variables(runner),
  };
}

function issueInput(runner: ActionRunner): CheckInputs['issue'] {
  if (!runner.flag('report-issue', false)) return null;
  const token = new Secret(runner.input('github-token'));
  runner.mask([token]);
  return { key: parseIssueKey(runner.input('issue-key')), token };
}

/** Lines of NAME=VALUE; the runner masks the lines of a secret, and not what stands behind the `=`. */
function variables(runner: ActionRunner): Readonly<Record<string, string>> {
  const entries = runner.lines('env').map((line, index): [string, string] => {
    const [, name, value] = /^([A-Za-z_][A-Za-z0-9_]*)=(.*)$/.exec(line) ?? [];
    if (name !== undefined && value !== undefined) return [name, value];
    throw new Failure('usage', `Line ${index + 1} of the input env is not NAME=VALUE.`, {
      hint: 'Write one variable on each line; a private key as base64, or with \\n for its line ends.',
    });
  });
  runner.mask(entries.filter(([, value]) => value.length >= 8).map(([, value]) => new Secret(value)));
  return Object.fromEntries(entries);
}
