/** Our own process. */
export interface Self {
  readonly pid: number;
  /** The numeric user; null where the system has none. */
  readonly user: number | null;
  readonly execPath: string;
  readonly execArgv: readonly string[];
  /** Absolute path of the file that node was started with, in dist/. */
  readonly script: string;
}

/** What is told of a process to those who must not ask it themselves. */
export function selfOf({ pid, getuid, execPath, execArgv, argv }: NodeJS.Process): Self {
  return { pid, user: getuid?.() ?? null, execPath, execArgv, script: argv[1] ?? '' };
}
