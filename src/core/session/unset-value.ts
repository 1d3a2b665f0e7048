import { plainSshCommand } from './ssh-files.ts';

/** Programs that take an empty value for something else than an unset variable, and what means the same to them. */
const sameAsUnset: Readonly<Record<string, string>> = {
  GIT_TERMINAL_PROMPT: '1',
  CARGO_NET_GIT_FETCH_WITH_CLI: 'false',
  GIT_SSH_COMMAND: plainSshCommand,
};

/** What to set a variable to where a CI can set variables but not unset them. */
export function unsetValue(name: string): string {
  return sameAsUnset[name] ?? '';
}
