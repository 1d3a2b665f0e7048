// Runs a script on Node 24, the action's runtime: the current node when it is one, else npm's prebuilt binary.
// The script learns the current node as OWN_NODE, so that tests can run the command line on both.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const packages = [`node-${process.platform}-${process.arch}`, `node-bin-${process.platform}-${process.arch}`];
const prebuilt = packages
  .map((name) => fileURLToPath(new URL(`../node_modules/${name}/bin/node`, import.meta.url)))
  .find((path) => existsSync(path));

/** The path of a Node 24. */
export const node24 = process.versions.node.startsWith('24.') ? process.execPath : prebuilt;

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (node24 === undefined) {
    console.error('No Node 24 here: run this with Node 24, or let `npm ci` install its optional packages.');
    process.exit(2);
  }
  const child = spawnSync(node24, process.argv.slice(2), {
    stdio: 'inherit',
    env: { ...process.env, OWN_NODE: process.execPath },
  });
  process.exit(child.status ?? 1);
}
