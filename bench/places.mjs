// Where things are, and a folder that goes away with the run.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

export const root = resolve(import.meta.dirname, '..');
export const node = process.execPath;
export const dist = (door) => join(root, 'dist', door, 'index.js');

/** A program of a peer below BENCH_PEERS; null when there is none. */
export function peer(...path) {
  const folder = process.env.BENCH_PEERS;
  const program = folder ? join(resolve(folder), ...path) : '';
  return folder && existsSync(program) ? program : null;
}

/** Calls `use` with a new folder and removes it afterwards. */
export async function withFolder(use) {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  try {
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
