import { join } from 'node:path';
import type { EarlierSession } from '../core/session/session-plan.ts';
import { sessionAt, type UserId } from './find-sessions.ts';
import { readTextFile } from './text-file.ts';

/** What an earlier setup of the job wrote for git; null when there was none. */
export function earlierSession(path: string, user: UserId): EarlierSession | null {
  const session = path === '' ? null : sessionAt(path, user);
  const git = session === null ? null : sectionsIn(readTextFile(join(session.path, 'git.json')));
  return session === null || git === null ? null : { configFile: join(session.path, 'gitconfig'), git };
}

/** Ours, in a folder that only we may write to; one that is damaged counts as none. */
function sectionsIn(text: string | null): EarlierSession['git'] | null {
  try {
    const git: unknown = JSON.parse(text ?? '');
    return Array.isArray(git) ? git : null;
  } catch {
    return null;
  }
}
