// Loaded into a program before its own code: kills it, as SIGKILL would at that moment, before the KILLED_AT-th time
// that it is about to change something on disk.
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

let left = Number(process.env.KILLED_AT);
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

for (const name of changes) {
  const change = fs[name];
  fs[name] = (...words) => {
    left -= 1;
    if (left === 0) process.kill(process.pid, 'SIGKILL');
    return change(...words);
  };
}
syncBuiltinESMExports();
