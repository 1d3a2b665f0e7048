import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { findProgram } from '../../src/system/program.ts';

/** Programs that note how they were started. */
export interface Overhearing extends Disposable {
  /** A PATH on which they come first: `git`, and a credential helper of docker called `overheard`. */
  readonly path: string;
  /** Words and variables of every start so far, and what a process and those below it were seen with. */
  readonly heard: () => string;
  /** Looks at a process and those below it again and again until it ends. */
  readonly watch: (pid: number) => void;
}

export function overhear(): Overhearing {
  const folder = mkdtempSync(join(tmpdir(), 'overhearing-'));
  const log = join(folder, 'log');
  writeFileSync(log, '');
  const note = `{ printf '%s\\n' "$0" "$@"; env; } >>'${log}'`;
  const git = findProgram('git', process.env.PATH ?? '', null);
  const programs = { git: `exec '${git}' "$@"`, 'docker-credential-overheard': `echo '{}'` };
  for (const [name, act] of Object.entries(programs)) {
    writeFileSync(join(folder, name), `#!/bin/sh\n${note}\n${act}\n`);
    chmodSync(join(folder, name), 0o755);
  }
  const seen = new Set<string>();
  return {
    path: [folder, process.env.PATH].join(delimiter),
    heard: () => [readFileSync(log, 'utf8'), ...seen].join('\n'),
    watch: (pid) => {
      const timer = setInterval(() => {
        const words = wordsBelow(pid);
        if (words.length === 0) clearInterval(timer);
        for (const one of words) seen.add(one);
      }, 5);
      timer.unref();
    },
    [Symbol.dispose]: () => rmSync(folder, { recursive: true }),
  };
}

/** What each process was started with, as every user of the machine can see it; nothing where there is no /proc. */
function wordsBelow(pid: number): readonly string[] {
  try {
    const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', '\n');
    const children = readdirSync(`/proc/${pid}/task`).flatMap((thread) =>
      readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8').split(' ').filter(Boolean),
    );
    return [words, ...children.flatMap((child) => wordsBelow(Number(child)))];
  } catch {
    return [];
  }
}
