import { rm } from 'node:fs/promises';
import { delimiter } from 'node:path';
import { type ActionDefinition, inputVariables, readAction } from './action-definition.ts';
import {
  type Folders,
  githubContext,
  type JobOptions,
  machineVariables,
  makeFolders,
  type Variables,
} from './runner-machine.ts';
import { type Launch, runStep, type Step } from './runner-step.ts';
import { maskedBy } from './workflow-commands.ts';

export interface StepOptions {
  /** Variables of this step only. */
  readonly env?: Variables;
  /** Called with the process, to send it signals. */
  readonly started?: Launch['started'];
  /** Starts an action's main in place of the job's node. */
  readonly node?: string | undefined;
}

/** A job on a runner of its own: folders, variables and masks that its steps share. */
export interface Job extends Folders, AsyncDisposable {
  /** What steps exported so far. */
  readonly exported: Record<string, string>;
  /** Values masked so far. */
  readonly masks: string[];
  /** Runs an action's main; its post runs at `finish`. Takes an `action.yml` or what one would say. */
  readonly uses: (
    action: string | ActionDefinition,
    inputs?: Variables,
    options?: StepOptions,
  ) => Promise<Step>;
  /** Runs a command in sh, as a `run` step does. */
  readonly step: (command: string, options?: StepOptions) => Promise<Step>;
  /** Runs the posts of the actions used, last one first. */
  readonly finish: (options?: StepOptions) => Promise<Step[]>;
  readonly close: () => Promise<void>;
}

/** Starts a job as GitHub's runner does, without GitHub. */
export async function startJob(options: JobOptions = {}): Promise<Job> {
  const folders = await makeFolders();
  const exported: Record<string, string> = {};
  const path: string[] = [];
  const masks = [...(options.secrets ?? []), options.token ?? ''].flatMap(maskedBy);
  const posts: ((options: StepOptions) => Promise<Step>)[] = [];
  const github = await githubContext(options, folders);

  const launch = async ({ env, ...rest }: Launch): Promise<Step> => {
    const PATH = [...path, process.env.PATH].join(delimiter);
    const all = {
      ...machineVariables(folders),
      ...github.variables,
      ...options.env,
      ...exported,
      PATH,
      ...env,
    };
    const step = await runStep({ ...rest, env: all }, folders, masks);
    Object.assign(exported, unreserved(step.env));
    path.unshift(...[...step.path].reverse());
    masks.push(...step.masks);
    return step;
  };
  const node = options.node ?? process.execPath;
  const uses: Job['uses'] = async (action, inputs = {}, { env, started, node: own = node } = {}) => {
    const definition = typeof action === 'string' ? readAction(action) : action;
    const variables = { ...env, ...inputVariables(definition, inputs, github.expressions) };
    const main = await launch({ command: [own, definition.main], env: variables, started });
    const { post } = definition;
    if (post !== undefined) {
      const command = [node, post] as const;
      const state = Object.fromEntries(
        Object.entries(main.state).map(([name, value]) => [`STATE_${name}`, value]),
      );
      posts.unshift((late) =>
        launch({ command, env: { ...variables, ...state, ...late.env }, started: late.started }),
      );
    }
    return main;
  };
  const close = (): Promise<void> => rm(folders.folder, { recursive: true, force: true });
  return {
    ...folders,
    exported,
    masks,
    uses,
    step: (command, { env = {}, started } = {}) =>
      launch({ command: ['sh', '-e', '-c', command], env, started }),
    finish: async (late = {}) => {
      const steps: Step[] = [];
      for (const post of posts.splice(0)) steps.push(await post(late));
      return steps;
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** Steps cannot set the runner's own variables. */
function unreserved(env: Variables): Record<string, string> {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !/^(?:GITHUB|RUNNER)_/.test(name)));
}
