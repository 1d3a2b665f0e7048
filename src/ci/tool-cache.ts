import { createHash } from 'node:crypto';
import { chmodSync, cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../core/failure.ts';
import { shellQuote } from '../core/shell-quote.ts';
import { version } from '../core/version.ts';

const tool = 'pipeline-credentials';

export interface Installing {
  /** The action's own dist/: what is installed, and what the copy is held against. */
  readonly dist: string;
  /** The node that runs it, absolute: later steps may have none on PATH. */
  readonly node: string;
  readonly temporaryFolder: string;
}

/**
 * Puts the command line into the runner's tool cache and gives the folder for PATH. What lies in the cache may come
 * from another job: it is used only when every file is like our own (security rule 30).
 * @throws Failure `refused` when the copy differs even after it was made anew.
 */
export async function installCommandLine(installing: Installing): Promise<string> {
  const { cacheDir, find } = await import('@actions/tool-cache');
  const wanted = stage(installing);
  try {
    const cached = find(tool, version);
    if (cached !== '' && isSame(cached, wanted)) return cached;
    const folder = await cacheDir(wanted, tool, version);
    if (isSame(folder, wanted)) return folder;
    throw new Failure('refused', 'The tool cache holds another command line than this action brings.', {
      hint: `Remove ${tool} from the runner's tool cache, and find out who wrote it.`,
    });
  } finally {
    rmSync(wanted, { recursive: true, force: true });
  }
}

/** The files as they shall lie in the cache, in a fresh folder. */
function stage({ dist, node, temporaryFolder }: Installing): string {
  const folder = mkdtempSync(join(temporaryFolder, `${tool}-cli-`));
  for (const door of ['cli', 'codecommit-signer'])
    cpSync(join(dist, door), join(folder, door), { recursive: true });
  const command = join(folder, tool);
  writeFileSync(command, `#!/bin/sh\nexec ${shellQuote(node)} "$\{0%/*}/cli/index.js" "$@"\n`);
  chmodSync(command, 0o755);
  writeFileSync(`${command}.cmd`, `@"${node}" "%~dp0cli\\index.js" %*\r\n`);
  return folder;
}

function isSame(one: string, other: string): boolean {
  return fingerprint(one) === fingerprint(other);
}

/** Names and hashes of all files below a folder. */
function fingerprint(folder: string): string {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => {
      const path = join(entry.parentPath, entry.name);
      const hash = entry.isFile() ? createHash('sha256').update(readFileSync(path)).digest('hex') : 'no file';
      return `${path.slice(folder.length)} ${hash}`;
    })
    .sort()
    .join('\n');
}
