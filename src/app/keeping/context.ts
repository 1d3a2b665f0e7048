import { join } from 'node:path';
import type { Asker } from '../../core/asker.ts';
import type { Env } from '../../core/env.ts';
import type { Secret } from '../../core/secret.ts';
import type { JobContext } from '../job-context.ts';

/** What looking after credentials has around it. */
export interface KeepingContext extends JobContext {
  /** All of standard input. */
  readonly readInput: () => Promise<string>;
  /** Null where nobody sits at a terminal. */
  readonly ask: Asker | null;
  /** Data for standard output. */
  readonly print: (text: string) => void;
  /** Remembers a secret, and hides it in the log, in all its forms. */
  readonly know: (secret: Secret) => void;
  /** Others' words, fit to print: without any secret that is known. */
  readonly quote: (text: string) => string;
}

/** Where this program keeps what outlives it: rescued secrets and locks (XDG base directories). */
export function stateFolder(env: Env): string {
  return join(env.XDG_STATE_HOME || join(homeOf(env), '.local', 'state'), 'pipeline-credentials');
}

/** Where secrets go that a person wants in files. */
export function keysFolder(env: Env): string {
  return join(env.XDG_CONFIG_HOME || join(homeOf(env), '.config'), 'pipeline-credentials', 'keys');
}

function homeOf(env: Env): string {
  return env.HOME || env.USERPROFILE || '/';
}
