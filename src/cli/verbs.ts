import { checkFlags, manifestFlags, selectionFlags, setupFlags, targetFlags } from './flags.ts';
import { keepingVerbs } from './keeping-verbs.ts';
import { commandUsage } from './no-command.ts';
import type { Verb } from './verb.ts';

const jobFlags = [...manifestFlags, ...selectionFlags, ...targetFlags, ...setupFlags];

/** All verbs, in the order in which help and README show them. */
export const verbs: readonly Verb[] = [
  {
    name: 'setup',
    usage: '',
    about: 'sign git and docker in for the rest of the job',
    flags: [
      ...jobFlags,
      {
        name: 'format',
        value: 'sh|dotenv|json',
        about: 'print the variables to set: `eval "$(… --format sh)"`',
      },
      { name: 'scrub', value: null, about: 'also unset the variables that the manifest names' },
    ],
    load: () => import('./setup.ts'),
  },
  {
    name: 'cleanup',
    usage: '',
    about: 'remove the session, revoke what was minted; safe to run at any time',
    flags: [
      { name: 'session', value: 'DIR', about: 'this session only (default: all of this job)' },
      {
        name: 'format',
        value: 'sh',
        about: 'print lines that set the variables back: `eval "$(… --format sh)"`',
      },
    ],
    load: () => import('./cleanup.ts'),
  },
  {
    name: 'exec',
    usage: commandUsage,
    about: 'setup, run a command signed in, cleanup; ends with the code of the command',
    flags: [
      ...jobFlags,
      { name: 'scrub', value: null, about: 'hide the variables that the manifest names from the command' },
    ],
    load: () => import('./exec.ts'),
  },
  {
    name: 'check',
    usage: '',
    about: 'ask every host: what works, what will stop working, and when',
    flags: [...manifestFlags, ...selectionFlags, ...targetFlags, ...checkFlags],
    load: () => import('./check.ts'),
  },
  {
    name: 'explain',
    usage: 'TARGET...',
    about: 'which credential serves a target, and why the others do not',
    flags: [
      ...manifestFlags,
      ...selectionFlags,
      { name: 'repository', value: null, about: 'the targets are repositories' },
      { name: 'registry', value: null, about: 'the targets are registries' },
    ],
    load: () => import('./explain.ts'),
  },
  {
    name: 'lint',
    aliases: ['validate'],
    usage: '',
    about: 'check the manifest alone: offline, and without its secrets',
    flags: [...manifestFlags],
    load: () => import('./lint.ts'),
  },
  {
    name: 'token',
    usage: 'TARGET',
    about: 'print what serves a target, for scripts',
    flags: [
      ...manifestFlags,
      ...selectionFlags,
      { name: 'as', value: 'password|header|basic|json', about: 'the form to print (default: password)' },
      { name: 'repository', value: null, about: 'the target is a repository' },
      { name: 'registry', value: null, about: 'the target is a registry' },
    ],
    load: () => import('./token.ts'),
  },
  {
    name: 'schema',
    usage: '',
    about: 'print the JSON Schema of the manifest',
    flags: [],
    load: () => import('./schema.ts'),
  },
  {
    name: 'demo',
    usage: '',
    about: 'see the whole thing work on this machine: no account, no network',
    flags: [],
    load: () => import('./demo.ts'),
  },
  ...keepingVerbs,
];

/** The verb of that name or alias. */
export function findVerb(name: string): Verb | undefined {
  return verbs.find((verb) => verb.name === name || verb.aliases?.includes(name));
}

/** The verb that a command line begins with, of two words or one, and what follows it. */
export function verbOf(words: readonly string[]): { verb: Verb; rest: readonly string[] } | undefined {
  for (const count of [2, 1]) {
    const verb = findVerb(words.slice(0, count).join(' '));
    if (verb !== undefined) return { verb, rest: words.slice(count) };
  }
  return undefined;
}
