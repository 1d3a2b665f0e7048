// Bundles one door: compiled JavaScript in, the files of dist/<door>/ out, nothing written.
import ncc from '@vercel/ncc';
import { minify } from 'terser';

const shebang = '#!/usr/bin/env node\n';

/** Names stay, so that a stack trace from a user still says where. */
const minifying = { module: true, compress: true, mangle: { keep_classnames: true, keep_fnames: true } };

/**
 * The toolkit's HTTP client, with all of undici below it, serves an OIDC client that no door calls: half a megabyte
 * and a third of the start. A module of node's stands in its place; calling it would throw. It must be a small one: an
 * `import` reads every export, and node:http has undici behind one of them.
 */
const neverCalled = { '@actions/http-client': 'node:path', '@actions/http-client/lib/auth': 'node:path' };

/**
 * @param {{name: string, entry: string, executable: boolean}} door `entry` is absolute
 * @returns {Promise<Map<string, {content: Buffer, mode: number}>>} by path below dist/
 */
export async function bundle(door) {
  const built = await ncc(door.entry, {
    minify: true,
    license: 'licenses.txt',
    target: 'es2023',
    cache: false,
    quiet: true,
    externals: door.name === 'check' ? {} : neverCalled,
  });
  refuseMisplacedDemo(door, built.stats.toJson());
  const start = door.executable && !built.code.startsWith('#!') ? shebang : '';
  const files = new Map([
    [
      `${door.name}/index.js`,
      { content: Buffer.from(start + built.code), mode: door.executable ? 0o755 : 0o644 },
    ],
  ]);
  for (const [name, asset] of Object.entries(built.assets)) {
    files.set(`${door.name}/${name}`, { content: await content(name, asset.source), mode: 0o644 });
  }
  return files;
}

/** ncc minifies the entry only; the chunks of `await import()` are left to us. */
async function content(name, source) {
  if (!name.endsWith('.js')) return Buffer.from(source);
  return Buffer.from((await minify(source.toString(), minifying)).code);
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
