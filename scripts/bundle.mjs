// Bundles one door: compiled JavaScript in, the files of dist/<door>/ out, nothing written.
import ncc from '@vercel/ncc';
import { minify } from 'terser';

const shebang = '#!/usr/bin/env node\n';

/** Names stay, so that a stack trace from a user still says where. */
const minifying = {
  module: true,
  compress: true,
  mangle: { keep_classnames: true, keep_fnames: true },
  format: { wrap_func_args: true },
};

/**
 * What no door calls, though packages want it: for the toolkit an OIDC client's HTTP client, with all of undici below
 * it, and what runs programs to learn the system's name; for auth-app the sign-in of persons, and the signing that ours
 * replaces. Half a megabyte and a third of the start. A module of node's stands in their place; calling it would throw.
 * It must be a small one: an `import` reads every export, and node:http has undici behind one of them.
 */
const unused = [
  '@actions/http-client',
  '@actions/http-client/lib/auth',
  '@actions/exec',
  '@octokit/auth-oauth-user',
  'universal-github-app-jwt',
];
const neverCalled = Object.fromEntries(unused.map((name) => [name, 'node:path']));

/**
 * @param {{name: string, entry: string, executable: boolean}} door `entry` is absolute
 * @returns {Promise<Map<string, {content: Buffer, mode: number}>>} by path below dist/
 */
export async function bundle(door) {
  const built = await ncc(door.entry, {
    license: 'licenses.txt',
    target: 'es2023',
    cache: false,
    quiet: true,
    externals: door.name === 'check' ? {} : neverCalled,
  });
  refuseMisplacedDemo(door, built.stats.toJson());
  const assets = Object.entries(built.assets).map(([name, { source }]) => [name, source.toString()]);
  const files = new Map();
  for (const [name, source] of [['index.js', built.code], ...assets]) {
    const content = name.endsWith('.js') ? await minified(source) : source;
    files.set(`${door.name}/${name}`, { content: Buffer.from(content), mode: 0o644 });
  }
  if (door.executable) makeExecutable(files.get(`${door.name}/index.js`));
  return files;
}

/**
 * A bundle keeps each module in a function, all of which run at once. V8 reads a function twice, once in passing and
 * once when it is called, unless it stands in parentheses, which minifying takes away, but not from an argument:
 * `Object` hands it back as it is. A door starts in a tenth less time.
 */
async function minified(source) {
  const { code } = await minify(source.replace(/^\/\*\*\*\/ \(\(/gm, '/***/ Object(('), minifying);
  return code;
}

function makeExecutable(file) {
  if (!file.content.toString().startsWith('#!'))
    file.content = Buffer.concat([Buffer.from(shebang), file.content]);
  file.mode = 0o755;
}

/** The embedded forge and registry are for `demo` alone: never in another door, never in what a door loads at start. */
function refuseMisplacedDemo(door, stats) {
  const atStart = new Set(stats.chunks.filter((chunk) => chunk.initial).map((chunk) => chunk.id));
  const misplaced = stats.modules.filter(
    (module) =>
      contains(module, './build/demo/') &&
      (door.name !== 'cli' || module.chunks.some((id) => atStart.has(id))),
  );
  if (misplaced.length === 0) return;
  const names = misplaced.map((module) => module.name).join(', ');
  throw new Error(`dist/${door.name} would carry the demo outside a chunk of the command line: ${names}`);
}

function contains(module, folder) {
  return module.name.startsWith(folder) || (module.modules ?? []).some((inner) => contains(inner, folder));
}
