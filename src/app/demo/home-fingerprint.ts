import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Env } from '../../core/env.ts';

/** What a setup could spoil in a person's home, as one text; the same before and after when it left them alone. */
export function homeFingerprint(env: Env): string {
  const files = [
    '.gitconfig',
    '.git-credentials',
    '.netrc',
    '.docker/config.json',
    '.config/containers/auth.json',
  ];
  return files.map((file) => `${file} ${digest(join(env.HOME ?? '/', file))}`).join('\n');
}

function digest(path: string): string {
  try {
    return createHash('sha256').update(readFileSync(path)).digest('hex');
  } catch {
    return 'absent';
  }
}
