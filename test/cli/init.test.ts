import { expect, test } from 'vitest';
import { makeFolder } from '../app/keeping/folder.ts';
import { runLine } from './run-line.ts';

test('what was found is counted as English counts, and what comes next can be done', async () => {
  using folder = makeFolder();
  const empty = await runLine(['init', '--dry-run'], { cwd: folder.path });
  expect(empty.stderr).toMatch(/Nothing here tells what jobs need/);
  folder.write('Dockerfile', 'FROM quay.io/acme/x:1\n');
  const one = await runLine(['init'], { cwd: folder.path });
  expect(one.stderr).toMatch(/Found in 1 file: no ways to sign in, no repositories, 1 registry\./);
  expect(one.stderr).toMatch(/Next: `credential add NAME` or `app create NAME`.*`upload --to PLACE`/);
  folder.write(
    'action.yml',
    'runs:\n  steps:\n    - uses: docker/login-action@v3\n      with: { registry: quay.io, username: bot, password: "${{ secrets.QUAY }}" }\n',
  );
  const more = await runLine(['init', '--manifest', 'more.yml'], { cwd: folder.path });
  expect(more.stderr).toMatch(/Found in 2 files: 1 way to sign in, no repositories, 1 registry\./);
  expect(more.stderr).toMatch(
    /Set where jobs run: QUAY[\s\S]*Next: set these variables here, `credential test`/,
  );
});
