import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder of a test's own, removed with it. */
export interface Folder extends Disposable {
  readonly path: string;
  readonly file: (name: string) => string;
  readonly write: (name: string, text: string) => string;
  readonly read: (name: string) => string;
  readonly mode: (name: string) => number;
}

export function makeFolder(): Folder {
  const path = mkdtempSync(join(tmpdir(), 'keeping-'));
  const file = (name: string) => join(path, name);
  return {
    path,
    file,
    write: (name, text) => {
      writeFileSync(file(name), text);
      return file(name);
    },
    read: (name) => readFileSync(file(name), 'utf8'),
    mode: (name) => statSync(file(name)).mode & 0o777,
    [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }),
  };
}
