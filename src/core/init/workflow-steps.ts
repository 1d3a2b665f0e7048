import { parse } from 'yaml';
import { appTokenStep } from './app-token-step.ts';
import { checkoutStep } from './checkout-step.ts';
import { dockerLoginStep, ecrLoginStep } from './docker-login-step.ts';
import type { Finding, FoundFile } from './finding.ts';
import { scriptFindings } from './script-lines.ts';
import type { ReadStep } from './step-reader.ts';

/** Steps of GitHub workflows that sign in today: by the actions this program replaces, or by hand. */
export function workflowFindings({ path, text }: FoundFile): readonly Finding[] {
  const document = parsed(text);
  const found = stepsIn(document, {}).flatMap(({ uses, inputs, script }) => {
    const action = uses.replace(/@.*$/, '').toLowerCase();
    const read = readers.find(({ actions }) => actions.includes(action))?.read;
    return [...(read?.(inputs) ?? []), ...scriptFindings(script)];
  });
  return eachOnce(found).map((one) => ({ ...one, file: path }) as Finding);
}

/** Scripts of other CI systems, wherever they stand. */
export function pipelineFindings({ path, text }: FoundFile): readonly Finding[] {
  return scriptFindings(text).map((one) => ({ ...one, file: path }) as Finding);
}

const readers: readonly { readonly actions: readonly string[]; readonly read: ReadStep }[] = [
  {
    actions: [
      'actions/create-github-app-token',
      'tibdex/github-app-token',
      'getsentry/action-github-app-token',
      'peter-murray/workflow-application-token-action',
    ],
    read: appTokenStep,
  },
  {
    actions: ['docker/login-action', 'redhat-actions/podman-login', 'azure/docker-login'],
    read: dockerLoginStep,
  },
  { actions: ['actions/checkout'], read: checkoutStep },
  { actions: ['aws-actions/amazon-ecr-login'], read: ecrLoginStep },
  {
    actions: ['webfactory/ssh-agent'],
    read: () => [
      {
        kind: 'note',
        text: 'An ssh agent holds keys: add a credential with `ssh-key` for each host, or a token instead.',
      },
    ],
  },
];

function eachOnce<One>(all: readonly One[]): readonly One[] {
  return [...new Map(all.map((one) => [JSON.stringify(one), one])).values()];
}

interface Step {
  readonly uses: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly script: string;
}

type Texts = Readonly<Record<string, string>>;

/** Steps wherever they stand: in jobs, in composite actions. `env` is what the levels above set. */
function stepsIn(value: unknown, env: Texts): readonly Step[] {
  if (Array.isArray(value)) return value.flatMap((one) => stepsIn(one, env));
  if (typeof value !== 'object' || value === null) return [];
  const { uses, run, with: inputs, env: own } = value as Readonly<Record<string, unknown>>;
  const known = { ...env, ...textsOf(own) };
  const inner = Object.values(value).flatMap((one) => stepsIn(one, known));
  if (typeof uses !== 'string' && typeof run !== 'string') return inner;
  const texts = Object.entries(typeof inputs === 'object' && inputs !== null ? inputs : {});
  const step = {
    uses: typeof uses === 'string' ? uses : '',
    inputs: Object.fromEntries(texts.map(([name, text]) => [name, filledIn(text, known)])),
    script: typeof run === 'string' ? run : '',
  };
  return [step, ...inner];
}

function textsOf(value: unknown): Texts {
  if (typeof value !== 'object' || value === null) return {};
  const texts = Object.entries(value).filter(([, text]) => typeof text === 'string' && !text.includes('${{'));
  return Object.fromEntries(texts) as Texts;
}

/** `${{ env.REGISTRY }}` with what the workflow sets. */
function filledIn(value: unknown, env: Texts): unknown {
  if (typeof value !== 'string') return value;
  return value.replace(/\$\{\{\s*env\.(\w+)\s*\}\}/g, (whole, name: string) =>
    Object.hasOwn(env, name) ? (env[name] ?? whole) : whole,
  );
}

function parsed(text: string): unknown {
  try {
    return parse(text, { logLevel: 'silent' });
  } catch {
    return null;
  }
}
