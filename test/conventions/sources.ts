import { readdirSync, readFileSync } from 'node:fs';
import { join, posix, relative, resolve, sep } from 'node:path';

/** The repository's root, absolute. */
export const root = resolve(import.meta.dirname, '../..');

const notOurs = new Set(['.git', 'node_modules', 'build', 'dist', 'coverage']);

/** Every file we wrote below a folder of the repository, as paths from the root with `/`. */
export function filesBelow(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .filter((entry) => !notOurs.has(entry.name))
    .flatMap((entry) => {
      const path = posix.join(folder, entry.name);
      return entry.isDirectory() ? filesBelow(path) : entry.isFile() ? [path] : [];
    })
    .sort();
}

/** A file of the repository as text. */
export function read(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

/** A source without the lines that are comments only, since prose may name what code must not use. */
export function code(path: string): string {
  return read(path)
    .split('\n')
    .filter((line) => !/^\s*(\/\/|\/?\*)/.test(line))
    .join('\n');
}

/** What a source imports, `import()` and re-exports included: paths from the root, or package names as written. */
export function imports(path: string): string[] {
  const statements = /^(?:import\b|export\b[^'=;(]*\bfrom\b)[^'=;]*'([^']+)'|\bimport\(\s*'([^']+)'\s*\)/gm;
  return [...code(path).matchAll(statements)].map((match) => {
    const specifier = match[1] ?? match[2] ?? '';
    if (!specifier.startsWith('.')) return specifier;
    return relative(root, resolve(root, path, '..', specifier))
      .split(sep)
      .join('/');
  });
}

/** All TypeScript sources below src/. */
export function sources(): string[] {
  return filesBelow('src').filter((path) => path.endsWith('.ts'));
}
