import { join } from 'node:path';
import type { EarlierSession } from '../core/session/session-plan.ts';
import { sessionAt, type UserId } from './find-sessions.ts';
import { readTextFile } from './text-file.ts';

/** What an earlier setup of the job wrote for git; null when there was none. */
export function earlierSession(path: string, user: UserId): EarlierSession | null {
  const session = path === '' ? null : sessionAt(path, user);
  const text = session === null ? null : readTextFile(join(session.path, 'git.json'));
  if (session === null || text === null) return null;
  // Ours, in a folder that only we may write to.
  return { configFile: join(session.path, 'gitconfig'), git: JSON.parse(text) };
}
