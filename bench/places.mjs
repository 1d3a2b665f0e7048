// Where things are, and a folder that goes away with the run.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
export const action = join(root, 'action.yml');
export const dist = (door) => join(root, 'dist', door, 'index.js');

/** The action.yml of a peer's checkout below BENCH_PEERS; null when there is none. */
export function peer(name) {
  const file = join(resolve(process.env.BENCH_PEERS ?? 'nowhere'), name, 'action.yml');
  return existsSync(file) ? file : null;
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
