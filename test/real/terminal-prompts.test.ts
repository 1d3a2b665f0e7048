import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Forge, startForge } from '../../src/demo/forge.ts';
import { makeFolder } from '../app/keeping/folder.ts';
import { openTerminal } from './terminal.ts';

const token = 'canary-typed-0123456789';
let forge: Forge;
beforeAll(async () => {
  forge = await startForge({
    repositories: [{ name: 'acme/rnaseq' }],
    tokens: [{ token, owners: ['acme'], access: 'read' }],
  });
});
afterAll(() => forge.close());

const program = `'${process.execPath}' --no-warnings '${join(import.meta.dirname, '../../src/cli.ts')}'`;

test('a credential is added by answering; what is typed for the secret is not shown', async () => {
  using folder = makeFolder();
  const terminal = openTerminal(`${program} credential add lab`, { cwd: folder.path, env: {} });
  await terminal.answer(/Provider \(.*\): /, 'github\r');
  await terminal.answer(/Base URL.*: /, `${forge.url}/acme\r`);
  // Typed with a slip, corrected: what a terminal sends for Backspace, Ctrl-U and arrows.
  await terminal.answer(
    /Token of lab \(not shown\): /,
    `oops\u0015canary-typed-01234567xy\u007f\u007f\u001b[D89\r`,
  );
  expect(await terminal.exit).toBe(0);
  expect(terminal.screen()).not.toContain('canary');
  expect(terminal.screen()).toMatch(/lab is saved in .*[\s\S]*The manifest names the variable LAB_TOKEN/);
  expect(folder.read('pipeline-credentials.yml')).toContain('token: { env: LAB_TOKEN }');
  expect(forge.traffic.requests.some(({ header }) => header === `Bearer ${token}`)).toBe(true);
});

test('pasted at once, in brackets as terminals paste', async () => {
  using folder = makeFolder();
  const words = `credential add lab --provider github --url ${forge.url}/acme --keep manifest`;
  const terminal = openTerminal(`${program} ${words}`, { cwd: folder.path, env: {} });
  await terminal.answer(/not shown/, `\u001b[200~${token}\u001b[201~\r`);
  expect(await terminal.exit).toBe(0);
  expect(folder.read('pipeline-credentials.yml')).toContain(`token: ${token}`);
  expect(terminal.screen()).not.toContain('canary');
});

test('several lines pasted are refused, and none of them reaches the shell', async () => {
  using folder = makeFolder();
  const words = `credential add lab --provider github --url ${forge.url}/acme`;
  const command = `bash -c "${program} ${words}; read -t 1 rest; echo left:[\\$rest]; stty -a | grep -o ' echo '"`;
  const terminal = openTerminal(command, { cwd: folder.path, env: {} });
  await terminal.answer(/not shown/, `${token}\recho canary-second-line\recho canary-third\r`);
  await terminal.exit;
  expect(terminal.screen()).toMatch(/Several lines were pasted[\s\S]*left:\[\]\s+echo/);
  expect(terminal.screen()).not.toContain('canary');
});

test.each([
  ['at a hidden question', `--provider github --url https://github.com/acme`, /not shown/],
  ['at an open question', '', /Provider/],
])('Ctrl-C %s stops, changes nothing, and leaves the terminal as it was', async (_, flags, question) => {
  using folder = makeFolder();
  const command = `bash -c "${program} credential add lab ${flags}; echo code:$?:\\$?; stty -a | grep -o ' echo '"`;
  const terminal = openTerminal(command, { cwd: folder.path, env: {} });
  await terminal.answer(question, '\u0003');
  await terminal.exit;
  expect(terminal.screen()).toMatch(/nothing was changed[\s\S]*code:.*:130\s+echo/);
  expect(() => folder.read('pipeline-credentials.yml')).toThrow('ENOENT');
});

test('edit: blank answers change nothing; remove: only yes is yes', async () => {
  using folder = makeFolder();
  const text = `version: 1\ncredentials:\n  - { name: lab, provider: github, url: '${forge.url}/acme', token: ${token} }\n`;
  folder.write('pipeline-credentials.yml', text);
  const edit = openTerminal(`${program} credential edit lab`, { cwd: folder.path, env: {} });
  await edit.answer(/url \[.*\]: /, '\r');
  await edit.answer(/expires \[not said\]: /, '\r');
  await edit.answer(/blank to keep the old one \(not shown\): /, '\r');
  expect([await edit.exit, folder.read('pipeline-credentials.yml')]).toEqual([0, text]);
  const no = openTerminal(`${program} credential remove lab`, { cwd: folder.path, env: {} });
  await no.answer(/Remove lab .*\[y\/N\] /, '\r');
  expect([await no.exit, folder.read('pipeline-credentials.yml')]).toEqual([0, text]);
  const yes = openTerminal(`${program} credential remove lab`, { cwd: folder.path, env: {} });
  await yes.answer(/Remove lab .*\[y\/N\] /, 'y\r');
  await yes.exit;
  expect(folder.read('pipeline-credentials.yml')).toBe('version: 1\ncredentials: []\n');
  expect(edit.screen() + no.screen() + yes.screen()).not.toContain('canary');
});
