import { readdirSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** Far longer than a living writer needs, in milliseconds. */
const graceMs = 60_000;

/**
 * Removes the temporary files that killed writers of a file left beside it: they may hold secrets. What cannot be
 * removed stays.
 * @param path of the file itself, absolute.
 */
export function sweepLeftOvers(path: string): void {
  for (const name of leftOvers(path)) {
    try {
      if (Date.now() - statSync(name).mtimeMs > graceMs) rmSync(name, { force: true });
    } catch {
      // Its writer, or somebody else's sweep, was faster.
    }
  }
}

function leftOvers(path: string): readonly string[] {
  const folder = dirname(path);
  const own = `${basename(path)}.`;
  try {
    return readdirSync(folder)
      .filter((name) => name.startsWith(own) && /^[0-9a-f]{12}(?:\.new)?$/.test(name.slice(own.length)))
      .map((name) => join(folder, name));
  } catch {
    return [];
  }
}
