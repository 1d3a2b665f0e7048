import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Makes a folder with all that it lies in; false when it was there. By hand, since Node's own `recursive` never ends where
 * nothing can be made, as below /proc.
 * @throws the system's error.
 */
export function ensureFolder(path: string, mode = 0o777): boolean {
  if (isFolder(path)) return false;
  const parent = dirname(path);
  if (parent !== path) ensureFolder(parent, mode);
  try {
    mkdirSync(path, { mode });
    return true;
  } catch (error) {
    // Somebody else may have made it meanwhile.
    if ((error as NodeJS.ErrnoException).code === 'EEXIST' && isFolder(path)) return false;
    throw error;
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
