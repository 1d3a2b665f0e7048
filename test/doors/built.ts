import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../conventions/sources.ts';

/** The action as workflows use it. */
export const action = join(root, 'action.yml');

/** A file of dist/, absolute. The tests of this folder run what is built: `npm run build` makes it anew. */
export function built(path: string): string {
  const file = join(root, 'dist', path);
  if (!existsSync(file)) throw new Error(`dist/${path} is missing: run \`npm run build\` first`);
  return file;
}
