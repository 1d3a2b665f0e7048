import type { Fault } from '../fault.ts';
import { hostText, parseHost } from '../host.ts';

/** Which variables a manifest of the workspace may name, and for credentials of which hosts (security rule 1). */
export type AllowEnv = ReadonlyMap<string, ReadonlySet<string>>;

/** Reads lines of `NAME=HOST[,HOST]`; hosts are exact, with a port when it is not 443. */
export function parseAllowEnv(text: string): AllowEnv | Fault {
  const allowed = new Map<string, Set<string>>();
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === '') continue;
    const [, name, list = ''] = /^\s*([A-Za-z_][A-Za-z0-9_]*)\s*=(.*)$/.exec(line) ?? [];
    const hosts = list.split(',').map((each) => parseHost(each.trim()));
    if (name === undefined || hosts.includes(null)) return unreadable(index + 1);
    const known = allowed.get(name) ?? new Set();
    for (const host of hosts) if (host !== null) known.add(hostText(host, 'https'));
    allowed.set(name, known);
  }
  return allowed;
}

function unreadable(line: number): Fault {
  return {
    code: 'allow-env-invalid',
    message: `Line ${line} of \`allow-env\` is not NAME=HOST[,HOST].`,
    hint: 'Write for example ACME_APP_KEY=github.com; no wildcards, no URLs.',
  };
}
