import { relative, resolve } from 'node:path/posix';
import type { Env } from './env.ts';
import { Failure } from './failure.ts';

export interface Surroundings {
  readonly env: Env;
  /** Options that node itself was started with. */
  readonly execArgv: readonly string[];
  /** Absolute; what node resolves preloaded modules from. */
  readonly cwd: string;
  /** Absolute path of the checkout; null when there is none. */
  readonly workspace: string | null;
}

interface Refusal {
  /** A variable, or the command line. */
  readonly name: string;
  readonly why: string;
  /** What to do instead. */
  readonly instead?: string;
}

const commandLine = 'The command line of node';

/** Node's options that show or write down what a process holds or sends. */
const telltales = /^--(?:inspect|heapsnapshot|heap-prof|report-on|report-uncaught|tls-keylog|trace-tls)/;

/** An OpenSSL configuration names libraries to load. */
const preloads = /^(?:-r|--require|--import|--loader|--experimental-loader|--openssl-config)$/;

/**
 * Refuses to touch secrets where TLS is not checked, or where Node would print headers or hand out its memory
 * (security rules 14 and 23). Null when all is well, else a Failure `refused` that names the variable.
 */
export function checkSurroundings(surroundings: Surroundings): Failure | null {
  const refusal = unchecked(surroundings.env) ?? talkative(surroundings.env) ?? watched(surroundings);
  if (refusal === null) return null;
  const { name, why, instead = '' } = refusal;
  return new Failure('refused', `${name} is not safe for a job with secrets: ${why}.`, {
    hint: name === commandLine ? 'Start node without it.' : `Unset ${name} for this step.${instead}`,
  });
}

function unchecked(env: Env): Refusal | null {
  if (env.NODE_TLS_REJECT_UNAUTHORIZED === '0') {
    return {
      name: 'NODE_TLS_REJECT_UNAUTHORIZED',
      why: 'programs would not check certificates',
      instead: " Let NODE_EXTRA_CA_CERTS name a PEM file with your company's authority.",
    };
  }
  // git looks whether it is there, not what it says
  if (env.GIT_SSL_NO_VERIFY === undefined) return null;
  return {
    name: 'GIT_SSL_NO_VERIFY',
    why: 'git would send credentials to servers it has not checked',
    instead: " Let GIT_SSL_CAINFO name a PEM file with your company's authority.",
  };
}

function talkative(env: Env): Refusal | null {
  if ((env.NODE_DEBUG ?? '') === '') return null;
  return { name: 'NODE_DEBUG', why: 'node would print what is sent, secrets included' };
}

function watched({ env, execArgv, cwd, workspace }: Surroundings): Refusal | null {
  const options = splitOptions(env.NODE_OPTIONS ?? '');
  for (const [name, list] of [
    ['NODE_OPTIONS', options],
    [commandLine, execArgv],
  ] as const) {
    const telltale = list.find((option) => telltales.test(normal(option)));
    if (telltale !== undefined) {
      const option = /^--[a-z-]+/.exec(normal(telltale))?.[0] ?? '';
      return { name, why: `${option} opens to others what this process holds` };
    }
  }
  const preloaded = modulesOf(options).some((module) => isInside(module, { cwd, workspace }));
  if (!preloaded) return null;
  return { name: 'NODE_OPTIONS', why: 'it loads code of the workspace into this process' };
}

/** As node splits the variable: at spaces, with double quotes and backslashes inside them. */
function splitOptions(text: string): string[] {
  return [...text.matchAll(/(?:[^\s"]|"(?:[^"\\]|\\.)*")+/g)].map(([option]) =>
    option.replace(/"((?:[^"\\]|\\.)*)"/g, (_all, quoted: string) => quoted.replace(/\\(.)/g, '$1')),
  );
}

/** Node takes underscores for dashes in names of options. */
function normal(option: string): string {
  const [name = '', ...value] = option.split('=');
  return name.startsWith('--') ? [name.replaceAll('_', '-'), ...value].join('=') : option;
}

function modulesOf(options: readonly string[]): string[] {
  return options.flatMap((option, index) => {
    const [name = '', ...value] = normal(option).split('=');
    if (!preloads.test(name)) return [];
    const module = option.includes('=') ? value.join('=') : options[index + 1];
    return module === undefined ? [] : [module];
  });
}

/** A bare name is looked for in `node_modules` from the current folder upwards. */
function isInside(module: string, { cwd, workspace }: Pick<Surroundings, 'cwd' | 'workspace'>): boolean {
  if (workspace === null || /^(?:node|data):/.test(module)) return false;
  const path = module.startsWith('file:') ? pathOf(module) : slashed(module);
  const way = relative(slashed(workspace), resolve(slashed(cwd), path));
  return !(way === '..' || way.startsWith('../'));
}

/** A URL that cannot be read counts as one in the current folder. */
function pathOf(fileUrl: string): string {
  try {
    return decodeURIComponent(new URL(fileUrl).pathname);
  } catch {
    return '.';
  }
}

/** Windows paths as POSIX ones, since this room knows no platform: `D:\\a` is `/D:/a`. */
function slashed(path: string): string {
  return /^[a-z]:[\\/]/i.test(path) ? `/${path.replaceAll('\\', '/')}` : path;
}
