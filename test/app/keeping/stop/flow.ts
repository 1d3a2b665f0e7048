import { existsSync, readdirSync, readFileSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import type { Traffic } from '../../../../src/demo/traffic.ts';
import type { Folder } from '../folder.ts';
import type { Task } from './task.ts';

export const storeToken = 'canary-store-token';

/** A way through `rotate` or `upload`, with everything it meets made anew each time. */
export interface Flow {
  readonly open: () => Promise<Scene>;
  /** What may come of it though nobody has a secret that works then: somebody chose the risk. */
  readonly risk?: string;
  /** What a run says to which nothing is left to be done. */
  readonly settled?: string;
}

export interface Scene extends AsyncDisposable {
  readonly folder: Folder;
  /** A secret that every host gets to know: a broken one says it back. */
  readonly sent: string;
  /** Of every host that is asked. */
  readonly traffic: readonly Traffic[];
  /** What a process is to do now, with the variables that CI gives its jobs by now. */
  readonly task: () => Promise<Task>;
  /** Which secrets work, and who knows them: `new: CI, rescue`. */
  readonly outcome: () => Promise<string>;
}

/** A name for a secret that works: `old` or `new`; null for one that does not. */
export type Naming = (secret: string) => string | null;

/**
 * Tells which secrets work, and the places that know one of them.
 * @param works names of those that the host takes.
 * @param places what each holds: any text with secrets in it, or null.
 */
export function outcomeOf(
  works: readonly { readonly name: string; readonly secret: string }[],
  places: Readonly<Record<string, string | null>>,
): string {
  const known = Object.entries(places).flatMap(([place, text]) => {
    const held = works.filter(({ secret }) => text?.includes(secret)).map(({ name }) => name);
    return held.length === 0 ? [] : [works.length > 1 ? `${place} ${held.join(' and ')}` : place];
  });
  return `${works.map(({ name }) => name).join(' and ') || 'none'}: ${known.join(', ') || 'nobody'}`;
}

/** Whether it is after the next run as it is after an undisturbed one. */
export function isSettled(next: string, end: string, { settled }: Flow): boolean {
  return next === end || (settled !== undefined && next === `${end}; ${settled}`);
}

/** @throws Error for a moment in which nobody has a secret that works, unless just that was chosen. */
export function isRisk(outcome: string, { risk }: Flow): boolean {
  if (outcome.split(',')[0] === risk) return true;
  if (/none|nobody/.test(outcome)) throw new Error(`neither: ${outcome}`);
  return false;
}

/** All that the files of rotations hold which outlive a process. */
export function keptFiles({ path }: Folder): string | null {
  const folder = join(path, '.local/state/pipeline-credentials');
  const names = existsSync(folder) ? readdirSync(folder) : [];
  return names.map((name) => readFileSync(join(folder, name), 'utf8')).join('\n') || null;
}

/** Nobody is back within a minute. */
export function passMinutes(folder: string): void {
  const then = Date.now() / 1000 - 120;
  const paths = readdirSync(folder, { recursive: true }).map((name) => join(folder, String(name)));
  for (const path of paths) if (statSync(path).isFile()) utimesSync(path, then, then);
}

/** The lines of a table. */
export function rowsOf(table: string): readonly string[] {
  return table.trim().split('\n');
}
