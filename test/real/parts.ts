import { spawnSync } from 'node:child_process';

/** Real tests are never skipped: where a server or a program is missing, the run fails and says which. */
export function setup(): void {
  const { status, stderr } = spawnSync('scripts/install-real-parts.sh', ['--check'], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${stderr.trim()}\nscripts/install-real-parts.sh installs them.`);
}
