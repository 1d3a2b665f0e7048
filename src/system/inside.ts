import { realpathSync } from 'node:fs';
import { isAbsolute, relative } from 'node:path';

/** Whether a path is a folder or lies below it, links resolved as far as the path exists. */
export function isInside(path: string, folder: string): boolean {
  const way = relative(real(folder), real(path));
  return way === '' || (!isAbsolute(way) && way.split(/[\\/]/)[0] !== '..');
}

function real(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
