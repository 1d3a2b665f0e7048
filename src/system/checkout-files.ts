import { readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readTextFile } from './text-file.ts';

/** Folders that other people's files are in. */
const foreign = new Set([
  'node_modules',
  'vendor',
  'work',
  'dist',
  'build',
  'target',
  '.venv',
  '.nextflow',
  '.tox',
]);

const limits = { depth: 8, files: 5000, bytes: 1024 * 1024 };

/** Files of a checkout that fit, as far as there are not too many; links are not followed. Paths have `/`. */
export function checkoutFiles(
  root: string,
  fits: (path: string) => boolean,
): { path: string; text: string }[] {
  const found: { path: string; text: string }[] = [];
  const walk = (folder: string, depth: number): void => {
    for (const entry of entriesOf(join(root, folder))) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (found.length >= limits.files) return;
      if (entry.isDirectory() && depth < limits.depth && !foreign.has(entry.name) && entry.name !== '.git')
        walk(path, depth + 1);
      if (!entry.isFile() || !fits(path)) continue;
      const text = smallText(join(root, path));
      if (text !== null) found.push({ path, text });
    }
  };
  walk('', 0);
  return found;
}

/** The checkout's own git configuration, also in a worktree. */
export function gitConfigOf(root: string): string | null {
  const pointer = /^gitdir: (.*)$/m.exec(readTextFile(join(root, '.git')) ?? '')?.[1];
  const folder = resolve(root, pointer ?? '.git');
  const common = readTextFile(join(folder, 'commondir'))?.trim();
  return readTextFile(join(resolve(folder, common ?? '.'), 'config'));
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true }).toSorted((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    return [];
  }
}

function smallText(path: string): string | null {
  try {
    return statSync(path).size > limits.bytes ? null : readTextFile(path);
  } catch {
    return null;
  }
}
