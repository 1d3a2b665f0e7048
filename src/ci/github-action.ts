import * as core from '@actions/core';
import { Failure, type Problem, placeText, soleProblem } from '../core/failure.ts';
import type { Voice } from './voice.ts';

/** The runner's side of an action: inputs, outputs, state, log, summary. */
export interface ActionRunner extends Voice {
  readonly input: (name: string) => string;
  /** An input as it was written: in YAML the space of the first line counts. */
  readonly text: (name: string) => string;
  /** Non-empty lines of an input. */
  readonly lines: (name: string) => readonly string[];
  /** An empty input, as expressions give it, is as good as none. @throws Failure `usage` for neither true nor false. */
  readonly flag: (name: string, otherwise: boolean) => boolean;
  readonly output: (name: string, value: string) => void;
  readonly exportVariable: (name: string, value: string) => void;
  readonly addPath: (folder: string) => void;
  /** What main leaves for post; only steps of this action can read it (security rule 19). */
  readonly saveState: (name: string, value: string) => void;
  readonly state: (name: string) => string;
  readonly summary: (markdown: string) => Promise<void>;
  /** Fails the step, with one annotation for each problem: where, what, and what to do. */
  readonly fail: (failure: Failure) => void;
}

/** The toolkit's functions under the names this program uses. */
export function actionRunner(): ActionRunner {
  const masked = new Set<string>();
  return {
    mask: (forms) => {
      for (const form of forms.map((one) => one.reveal()).filter((text) => !masked.has(text))) {
        masked.add(form);
        core.setSecret(form);
      }
    },
    info: core.info,
    notice: core.notice,
    warning: core.warning,
    annotate: ({ severity, title, message, file, line }) => {
      const place = file === null ? {} : { file, ...(line === null ? {} : { startLine: line }) };
      (severity === 'error' ? core.error : core.warning)(message, { title, ...place });
    },
    section: (title) => {
      core.startGroup(title);
      return core.endGroup;
    },
    input: (name) => core.getInput(name),
    text: (name) => core.getInput(name, { trimWhitespace: false }),
    lines: (name) => core.getMultilineInput(name),
    flag: readFlag,
    output: core.setOutput,
    exportVariable: core.exportVariable,
    addPath: core.addPath,
    saveState: core.saveState,
    state: core.getState,
    summary: async (markdown) => {
      await core.summary.addRaw(markdown).write();
    },
    fail: (failure) => {
      for (const problem of failure.problems) annotateProblem(problem);
      if (soleProblem(failure) === null) core.setFailed(`${failure.message}\nhint: ${failure.hint}`);
    },
  };
}

function annotateProblem(problem: Problem): void {
  const show = problem.severity === 'error' ? core.error : core.warning;
  show(`${problem.message}\nhint: ${problem.hint}`, { title: placeText(problem) });
}

function readFlag(name: string, otherwise: boolean): boolean {
  const text = core.getInput(name).toLowerCase();
  if (text === '') return otherwise;
  if (text === 'true' || text === 'false') return text === 'true';
  throw new Failure('usage', `Input ${name} is neither true nor false.`, {
    hint: `Write \`${name}: true\` or leave it out.`,
  });
}
