import type { Login } from '../login.ts';
import { Secret } from '../secret.ts';

/**
 * What git's credential protocol expects as an answer, ready to print; ends in a newline, since `read` in a shell
 * drops a last line without one.
 */
export function renderCredentialFile(login: Login): Secret {
  return new Secret(`username=${line(login.username)}\npassword=${line(login.password.reveal())}\n`);
}

/**
 * The same for a token that is sent as a Bearer, which git 2.46 and newer take from helpers (their `authtype`
 * capability). Older ones skip what they do not know.
 */
export function renderBearerFile(token: Secret): Secret {
  return new Secret(`capability[]=authtype\nauthtype=Bearer\ncredential=${line(token.reveal())}\n`);
}

/** A line break would add an answer of its own, such as another host (security rule 5). */
function line(value: string): string {
  if (/[\0\r\n]/.test(value)) throw new TypeError('A user name or secret holds a line break.');
  return value;
}
