import { randomBytes } from 'node:crypto';
import { readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { Failure } from '../core/failure.ts';
import { parseObject } from '../core/json.ts';
import { isOwner, type Owner } from '../core/session/record.ts';
import { createFileAtomically } from './atomic-file.ts';
import { ensureFolder } from './ensure-folder.ts';
import { sweepLeftOvers } from './left-overs.ts';
import { isGone, ownerOf } from './owner.ts';
import { processTable } from './process-table.ts';

export interface Lock {
  readonly release: () => void;
}

/**
 * Keeps a second process out for as long as this one lives and holds the file; one that a dead process left is taken over.
 * @param what is going on, for people: `lab is being rotated`.
 * @throws Failure `refused` while another process holds it, `session-failed` when the disk does not take it.
 */
export function takeLock(path: string, pid: number, what: string): Lock {
  try {
    return take(path, pid, what);
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw new Failure('session-failed', `The file ${path} cannot be written.`, {
      hint: 'Check HOME, XDG_STATE_HOME and the room on the disk.',
      cause: error,
    });
  }
}

function take(path: string, pid: number, what: string): Lock {
  const table = processTable();
  const own = JSON.stringify(ownerOf(pid, table) ?? { pid });
  ensureFolder(dirname(path), 0o700);
  sweepLeftOvers(path);
  if (!make(path, own)) {
    const found = readText(path);
    if (!isGone(ownerIn(found), table)) throw held(path, what);
    removeOnly(path, found);
    if (!make(path, own)) throw held(path, what);
  }
  return { release: () => remove(path) };
}

/** What stays is taken over from a dead process. */
function remove(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // Nothing that was done under it is spoilt by that.
  }
}

/** With its content at once: nobody sees a lock that says nothing. */
function make(path: string, content: string): boolean {
  return createFileAtomically(path, { content, mode: 0o600 });
}

/** Removes a lock only if it is the one that was looked at: another process may have taken it over meanwhile. */
function removeOnly(path: string, content: string): void {
  const aside = `${path}.${randomBytes(6).toString('hex')}`;
  try {
    renameSync(path, aside);
  } catch {
    return;
  }
  if (readText(aside) !== content) make(path, readText(aside));
  rmSync(aside, { force: true });
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function ownerIn(text: string): Owner | null {
  const found = parseObject(text);
  return isOwner(found) ? found : null;
}

function held(path: string, what: string): Failure {
  return new Failure('refused', `${what} already: another process holds ${path}.`, {
    hint: 'Wait for it. If there is no such process, delete the file.',
  });
}
