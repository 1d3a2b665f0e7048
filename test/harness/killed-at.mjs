// Loaded into a program before its own code, to stop it right before the n-th time that it is about to change something
// on disk: KILLED_AT kills it outright then, READ_ONLY_AT makes that change fail and every later one, as a disk that
// became read-only does. CHANGES_LOG names a file that gets a line for each.
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { basename } from 'node:path';

const { KILLED_AT, READ_ONLY_AT, CHANGES_LOG } = process.env;
const log = CHANGES_LOG ? fs.openSync(CHANGES_LOG, 'a') : null;
/** Names of open files, by descriptor. */
const names = new Map();
let count = 0;
const changes = [
  'mkdirSync',
  'chmodSync',
  'fchmodSync',
  'writeFileSync',
  'renameSync',
  'linkSync',
  'symlinkSync',
  'rmSync',
  'rmdirSync',
  'unlinkSync',
];

/** What the last name among the words is: where a renamed file goes to. */
function nameOf(words) {
  if (typeof words[0] === 'number') return names.get(words[0]) ?? '';
  const paths = words.filter((word) => typeof word === 'string' && word.startsWith('/'));
  return paths.length === 0 ? '' : basename(paths.at(-1));
}

function readOnly() {
  return Object.assign(new Error('EROFS: read-only file system'), { code: 'EROFS' });
}

const { openSync } = fs;
fs.openSync = (...words) => {
  const file = openSync(...words);
  names.set(file, basename(String(words[0])));
  return file;
};

for (const name of changes) {
  const change = fs[name];
  fs[name] = (...words) => {
    count += 1;
    if (log !== null) fs.writeSync(log, `change ${name} ${nameOf(words)}\n`);
    if (count === Number(KILLED_AT)) process.kill(process.pid, 'SIGKILL');
    if (count >= Number(READ_ONLY_AT)) throw readOnly();
    return change(...words);
  };
}
syncBuiltinESMExports();
