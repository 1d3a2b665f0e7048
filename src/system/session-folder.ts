import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Secret } from '../core/secret.ts';
import type { SessionFile, SessionPlan } from '../core/session/plan.ts';
import { writeFileAtomically } from './atomic-file.ts';

/**
 * Makes a fresh session folder with a name nobody can guess: open for passing through, since git run as another user
 * must reach the gitconfig (security rule 18). Gives its absolute path.
 */
export function createSession(root: string): string {
  const folder = join(root, `pipeline-credentials-${randomBytes(16).toString('hex')}`);
  makeFolder(folder, 0o711);
  makeFolder(join(folder, 'secret'), 0o700);
  return folder;
}

/** Writes what was planned for this folder. */
export function writeSession(folder: string, plan: SessionPlan): void {
  for (const file of plan.files) writeSessionFile(folder, file);
}

/** Removes a session folder and all in it. */
export function removeSession(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}

function writeSessionFile(folder: string, { name, content }: SessionFile): void {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  if (content instanceof Secret) writeFileAtomically(path, content.reveal(), 0o600);
  else writeFileAtomically(path, content, 0o644);
}

/** The umask may only take rights away at creation, so they are set again. */
function makeFolder(path: string, mode: number): void {
  mkdirSync(path, { mode });
  chmodSync(path, mode);
}
