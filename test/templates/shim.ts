import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The shells that GitLab's runner finds in images. */
export type ImageShell = 'bash' | 'dash' | 'busybox sh';

/**
 * Makes a folder for PATH with a `bash` that is another shell: gitlab-ci-local runs every script in bash.
 * @param folder an absolute path that exists.
 */
export function shimFor(folder: string, shell: ImageShell): string {
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  const lines = [
    '#!/bin/sh',
    '[ $# -eq 0 ] || exec /bin/bash "$@"',
    'read -r script',
    `sed 's/^set -eo pipefail$/set -e/' "$script" > "$script.sh"`,
    `exec ${shell === 'bash' ? '/bin/bash' : shell} "$script.sh"`,
  ];
  writeFileSync(join(bin, 'bash'), `${lines.join('\n')}\n`);
  chmodSync(join(bin, 'bash'), 0o755);
  return bin;
}
