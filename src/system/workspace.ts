import { lstatSync, readlinkSync, realpathSync } from 'node:fs';
import { isAbsolute, join, parse, relative, resolve, sep } from 'node:path';

/**
 * Whether a path lies in the workspace, or any link on the way to it does: whoever wrote the workspace chooses where
 * its links lead (security rule 1). Both absolute; what does not exist is judged by its name.
 */
export function passesThrough(workspace: string, path: string): boolean {
  const folders = [resolve(workspace), real(workspace)];
  return steps(resolve(path)).some((step) => folders.some((folder) => isInside(folder, step)));
}

/** Every file and folder that the system visits on its way to a path, links and what they lead to. */
function steps(path: string): readonly string[] {
  const visited: string[] = [];
  let rest = partsOf(path);
  let here = parse(path).root;
  // as many links as Linux follows
  for (let links = 0; rest.length > 0 && links <= 40; ) {
    const next = join(here, rest[0] ?? '');
    visited.push(next);
    const target = linkTarget(next);
    rest = target === null ? rest.slice(1) : [...partsOf(target), ...rest.slice(1)];
    if (target === null) here = next;
    else links += 1;
    if (target !== null && isAbsolute(target)) here = parse(target).root;
  }
  return visited;
}

function partsOf(path: string): string[] {
  return path.slice(parse(path).root.length).split(sep).filter(Boolean);
}

function linkTarget(path: string): string | null {
  try {
    return lstatSync(path).isSymbolicLink() ? readlinkSync(path) : null;
  } catch {
    return null;
  }
}

function real(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return resolve(path);
  }
}

function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way === '' || !(way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way));
}
