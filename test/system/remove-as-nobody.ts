import { sessionAt } from '../../src/system/find-sessions.ts';
import { removeSession } from '../../src/system/remove-session.ts';

/**
 * Run as a program of its own: becomes another user, removes a session and tells how that went. It changes by itself, since
 * that user may not be allowed to read this file.
 */
const [, , path = '', user = ''] = process.argv;
process.setgroups?.([Number(user)]);
process.setgid?.(Number(user));
process.setuid?.(Number(user));
const session = sessionAt(path, Number(user));
if (session === null) throw new Error('no session');
try {
  removeSession(session, Number(user));
  process.stdout.write('removed');
} catch (error) {
  process.stdout.write(String((error as NodeJS.ErrnoException).code));
}
