import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ReleaseName } from './gitlab-template.ts';

/** A release of the command line in small: its files, and what a template must know of them. */
export interface Release extends ReleaseName {
  /** Content by name, SHA256SUMS among them. */
  readonly files: ReadonlyMap<string, Buffer>;
}

/** Says what it was called with, and gives the shell one variable. */
const standIn = `import { message } from './1.index.js';
process.stderr.write(JSON.stringify(process.argv.slice(2)) + '\\n');
if (process.argv[2] === 'setup') process.stdout.write("export SIGNED_IN='" + message + "'\\n");
`;

export function makeRelease(index = standIn): Release {
  const all = {
    'cli/package.json': '{"type":"module"}',
    'cli/1.index.js': "export const message = 'yes';\n",
    'cli/index.js': index,
  };
  const lines = Object.entries(all).map(([name, text]) => `${sha256(text)}  ${name}\n`);
  const list = lines.join('');
  const contents = Object.entries({ ...all, SHA256SUMS: list });
  return {
    version: '0.1.0',
    sums: sha256(list),
    files: new Map(contents.map(([name, text]) => [name, Buffer.from(text)])),
  };
}

/** The release that `npm run build` made of the sources. */
export function builtRelease(folder: string): Release {
  const list = readFileSync(join(folder, 'SHA256SUMS'), 'utf8');
  const names = [...list.matchAll(/ {2}(\S+)$/gm)].map(([, name]) => String(name));
  const contents = [...names, 'SHA256SUMS'].map((name) => [name, readFileSync(join(folder, name))] as const);
  return { version: '0.1.0', sums: sha256(list), files: new Map(contents) };
}

/** Writes a release's files into a new folder. */
export function writeRelease(release: Release, folder: string): void {
  for (const [name, content] of release.files) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
}

function sha256(content: string): string {
  return createHash('sha256').update(content).digest('hex');
}
