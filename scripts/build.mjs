// Compiles src/ to build/, bundles every door into dist/ and writes the generated files. With --check nothing is
// written but build/: what is committed is compared with what the sources make.
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundle } from './bundle.mjs';
import { generate } from './generate.mjs';

// Module ids come from paths relative to the working directory: rebuilds are identical wherever the clone is.
process.chdir(resolve(dirname(fileURLToPath(import.meta.url)), '..'));
const doors = ['main', 'post', 'check', 'cli', 'codecommit-signer'].filter((name) =>
  existsSync(`src/${name}.ts`),
);

compile();
const files = new Map();
for (const name of doors) {
  const door = { name, entry: resolve(`build/${name}.js`), executable: name === 'cli' };
  for (const [path, file] of await bundle(door)) files.set(`dist/${path}`, file);
}
const checksums = commandLineChecksums();
files.set('dist/SHA256SUMS', { content: checksums, mode: 0o644 });
for (const [path, text] of await generate(sha256(checksums)))
  files.set(path, { content: Buffer.from(text), mode: 0o644 });
if (process.argv.includes('--check')) check(files);
else write(files);

function compile() {
  rmSync('build', { recursive: true, force: true });
  const { status } = spawnSync(process.execPath, ['node_modules/typescript/bin/tsc'], { stdio: 'inherit' });
  if (status !== 0) process.exit(1);
}

/** The files that make up the command line, as `sha256sum` lists them: templates compare before they run it. */
function commandLineChecksums() {
  const lines = [...files]
    .filter(([path]) => /^dist\/(?:cli|codecommit-signer)\/.+\.js(?:on)?$/.test(path))
    .map(([path, { content }]) => `${sha256(content)}  ${path.slice('dist/'.length)}\n`);
  return Buffer.from(lines.sort().join(''));
}

function sha256(content) {
  return createHash('sha256').update(content).digest('hex');
}

function write(files) {
  rmSync('dist', { recursive: true, force: true });
  for (const [path, { content, mode }] of files) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content, { mode });
  }
  for (const door of doors) console.log(`dist/${door}: ${kilobytes(files, `dist/${door}/`)} KB`);
}

function kilobytes(files, folder) {
  const sizes = [...files]
    .filter(([path]) => path.startsWith(folder))
    .map(([, { content }]) => content.length);
  return Math.round(sizes.reduce((sum, size) => sum + size, 0) / 1024);
}

function check(files) {
  const findings = [
    ...[...files].flatMap(([path, file]) => difference(path, file)),
    ...present('dist')
      .filter((path) => !files.has(path))
      .map((path) => `no longer built: ${path}`),
    ...untracked().map((path) => `not under version control: ${path}`),
  ];
  if (findings.length === 0) return console.log('dist/ and the generated files are current.');
  console.error(
    `${findings.join('\n')}\nThe sources make something else: run \`npm run build\` and commit what it wrote.`,
  );
  process.exit(1);
}

function difference(path, { content, mode }) {
  if (!existsSync(path)) return [`missing: ${path}`];
  if (!readFileSync(path).equals(content)) return [`not current: ${path}`];
  const sameMode = ((statSync(path).mode ^ mode) & 0o100) === 0 || process.platform === 'win32';
  return sameMode ? [] : [`executable or not: ${path}`];
}

function present(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name).replaceAll('\\', '/'));
}

/** Files of dist/ that a commit would leave behind, ignored ones too; none where there is no repository. */
function untracked() {
  if (!existsSync('.git')) return [];
  const list = execFileSync('git', ['ls-files', '--others', '-z', '--', 'dist'], { encoding: 'utf8' });
  return list.split('\0').filter(Boolean);
}
