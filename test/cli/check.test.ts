import { expect, test } from 'vitest';
import { commandLineCi } from '../../src/ci/command-line.ts';
import { readArguments } from '../../src/cli/arguments.ts';
import { run } from '../../src/cli/check.ts';
import { commonFlags } from '../../src/cli/flags.ts';
import type { Shell } from '../../src/cli/verb.ts';
import { verbs } from '../../src/cli/verbs.ts';

const manifest = `version: 1
credentials: [{ name: off, provider: github, token: { env: OFF }, status: inactive }]
`;

/** The log of a job in GitLab, data and talk together. */
async function logOf(...words: string[]): Promise<string> {
  const env = { GITLAB_CI: 'true', PIPELINE_CREDENTIALS: manifest };
  const log: string[] = [];
  const now = () => new Date(0);
  const door = { readText: () => null, write: (line: string) => void log.push(line), now };
  const shell: Partial<Shell> = {
    env,
    cwd: import.meta.dirname,
    now,
    ci: commandLineCi(env, door),
    print: (text) => void log.push(text),
    colours: false,
    columns: null,
    progress: null,
    interrupts: { signal: new AbortController().signal, listen: () => () => {} },
    self: { pid: process.pid, user: null, execPath: process.execPath, execArgv: [], script: '' },
  };
  const flags = [...commonFlags, ...(verbs.find(({ name }) => name === 'check')?.flags ?? [])];
  expect(await run(readArguments(words, flags), shell as Shell)).toBe(0);
  return log.join('\n');
}

test('the table is folded under its headline where the log can do that', async () => {
  expect(await logOf()).toMatch(
    /section_start:\S+\r.*Pipeline credentials: everything works.*\n[\s\S]*inactive {2}off[\s\S]*section_end/,
  );
});

test('counts are English', async () => {
  const log = await logOf();
  expect(log).toContain('Asking about 1 credential and its targets.');
  expect(log).toContain('1 credential: 1 inactive. No targets. Everything works.');
});

test('JSON stands alone', async () => {
  const log = await logOf('--json');
  expect(log).not.toContain('section_');
  expect(log).toContain('"status":"ok"');
});
