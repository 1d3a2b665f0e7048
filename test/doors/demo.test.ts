import { chmodSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { nodes } from '../nodes.ts';
import { openLaptop } from './laptop.ts';

test.each(nodes)('the demo works on %s, and leaves nothing', async (node) => {
  using laptop = openLaptop({ node });
  const { code, stdout, stderr } = await laptop.cli(['demo']);
  expect([code, stderr, stdout.split('\n').at(-2)]).toEqual([0, '', 'Everything worked.']);
  expect(laptop.left()).toEqual([]);
});

test('for programs it is one line of JSON, and the story goes to standard error', async () => {
  using laptop = openLaptop();
  const { code, stdout, stderr } = await laptop.cli(['demo', '--json']);
  const { checks, ...rest } = JSON.parse(stdout);
  expect([code, stdout.trimEnd().split('\n').length, rest]).toEqual([0, 1, { version: 1, worked: true }]);
  expect(checks).toHaveLength(7);
  expect(checks[5]).toEqual({ what: 'the minted token is revoked at the forge', worked: true });
  expect(stderr).toContain('Everything worked.');
});

test('it works beside settings of the user that would get in its way', async () => {
  using laptop = openLaptop({ env: { HTTPS_PROXY: 'http://127.0.0.1:9', http_proxy: 'http://127.0.0.1:9' } });
  await laptop.run(['git', 'config', '--global', 'url.ssh://git@127.0.0.1/.insteadOf', 'http://127.0.0.1']);
  await laptop.run(['git', 'config', '--global', 'credential.helper', '!false']);
  await laptop.run(['git', 'config', '--global', 'init.templateDir', '/nowhere']);
  const { code, stdout } = await laptop.cli(['demo']);
  expect([code, stdout.split('\n').at(-2)]).toEqual([0, 'Everything worked.']);
});

test('without git it says what is missing', async () => {
  using laptop = openLaptop();
  const bin = join(laptop.work, 'bin');
  mkdirSync(bin);
  symlinkSync(laptop.node, join(bin, 'node'));
  const { code, stderr } = await laptop.cli(['demo'], { env: { PATH: bin } });
  expect([code, stderr]).toEqual([
    2,
    expect.stringMatching(/^error: The demo clones with git, and there is none/),
  ]);
});

test('a temp folder that cannot be written to is told as that', async () => {
  using laptop = openLaptop();
  chmodSync(laptop.temp, 0o500);
  const temp = process.getuid?.() === 0 ? '/sys' : laptop.temp;
  const { code, stderr } = await laptop.cli(['demo'], { env: { TMPDIR: temp } });
  expect([code, stderr]).toEqual([
    1,
    expect.stringMatching(/\((?:EACCES|EPERM|EROFS)\)\.\nhint: Check the disk and the temp folder/),
  ]);
});
