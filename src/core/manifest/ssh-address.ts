import type { Fault } from '../fault.ts';
import { parseHost } from '../host.ts';
import type { SshAddress } from './manifest.ts';

/** Reads `[ssh://][USER@]HOST[:PORT]`; the user is `git` and the port 22 when not written. */
export function parseSshAddress(text: string): SshAddress | Fault {
  const [, user = 'git', authority = ''] = /^(?:ssh:\/\/)?(?:([^@/:]+)@)?([^@/]+)\/?$/.exec(text) ?? [];
  const host = parseHost(authority);
  if (host === null || !/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}$/.test(user)) return unreadable;
  return { user, host: host.hostname, port: host.port ?? 22 };
}

const unreadable: Fault = {
  code: 'ssh-address-invalid',
  message: 'This is not an ssh address of a host.',
  hint: 'Write USER@HOST or USER@HOST:PORT, without a path: git@ssh.example.com:2222.',
};
