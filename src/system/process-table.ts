import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { platform } from 'node:os';

/** One process of this machine. */
export interface ProcessFacts {
  readonly pid: number;
  /** 0 when it lies outside our process namespace. */
  readonly parent: number;
  /** The process that its terminal or CI step began with; 0 when outside or unknown. */
  readonly sessionLeader: number;
  /** At most 15 characters on Linux. */
  readonly name: string;
  /** Tells it from another that has the same id later. */
  readonly started: string;
}

/** What may be asked about processes; null where this system does not tell. */
export interface ProcessTable {
  /** Tells this run of the system from the next. */
  readonly boot: string;
  /** Tells our process ids from those of other containers. */
  readonly namespace: string;
  /** Whether we run in a container, whose first process began with it. */
  readonly contained: boolean;
  readonly find: (pid: number) => ProcessFacts | null;
  /** Whether some process may live in a namespace that is not ours. */
  readonly mayLive: (namespace: string) => boolean;
}

export function processTable(): ProcessTable | null {
  try {
    if (platform() === 'linux') return linux();
    return platform() === 'darwin' ? macos() : null;
  } catch {
    return null;
  }
}

/** See proc(5) and pid_namespaces(7). */
function linux(): ProcessTable {
  const namespace = readlinkSync('/proc/self/ns/pid');
  return {
    boot: readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim(),
    namespace,
    contained: namespace !== firstNamespace,
    find: fromProc,
    mayLive: (other) => namespace !== firstNamespace || someoneIn(other),
  };
}

/** The number is fixed in the kernel (PROC_PID_INIT_INO); only from there all processes are seen. */
const firstNamespace = 'pid:[4026531836]';

function fromProc(pid: number): ProcessFacts | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name stands in parentheses and may hold some itself.
    const end = stat.lastIndexOf(')');
    const fields = stat.slice(end + 2).split(' ');
    if (fields[0] === 'Z' || fields[0] === 'X') return null;
    return {
      pid,
      parent: Number(fields[1]),
      sessionLeader: Number(fields[3]),
      name: stat.slice(stat.indexOf('(') + 1, end),
      started: fields[19] ?? '',
    };
  } catch {
    return null;
  }
}

function someoneIn(namespace: string): boolean {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .some((pid) => {
      try {
        return readlinkSync(`/proc/${pid}/ns/pid`) === namespace;
      } catch (error) {
        // A process that ended meanwhile is nobody; one that we may not look at may be somebody.
        return (error as NodeJS.ErrnoException).code !== 'ENOENT';
      }
    });
}

function macos(): ProcessTable {
  const ask = (program: string, ...words: string[]) =>
    execFileSync(program, words, { encoding: 'utf8', env: { LC_ALL: 'C' }, timeout: 5000 }).trim();
  return {
    boot: ask('/usr/sbin/sysctl', '-n', 'kern.bootsessionuuid'),
    namespace: '',
    contained: false,
    find: (pid) => {
      try {
        const line = ask('/bin/ps', '-o', 'ppid=,lstart=,comm=', '-p', String(pid));
        const [, parent, started = '', path = ''] = /^(\d+)\s+(.{24})\s+(.*)$/.exec(line) ?? [];
        const name = path.slice(path.lastIndexOf('/') + 1);
        return parent === undefined ? null : { pid, parent: Number(parent), sessionLeader: 0, name, started };
      } catch {
        return null;
      }
    },
    mayLive: () => true,
  };
}
