import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { shareWorld } from './shared-world.ts';

const shared = shareWorld();

const exec = (...command: string[]) => shared.laptop.cli(['exec', '--quiet', '--', ...command]);

test.each([
  ['true', 0],
  ['exit 7', 7],
  ['kill -KILL $$', 137],
  ['kill -TERM $$', 143],
])('ends as `%s` does: %i', async (script, expected) => {
  const { code, stderr } = await exec('sh', '-c', script);
  expect([code, stderr]).toEqual([expected, '']);
  shared.expectNothingLeft();
});

test('a program that is not there is told, and nothing stays', async () => {
  const { code, stderr } = await exec('no-such-program');
  expect([code, stderr]).toEqual([1, expect.stringMatching(/^error: .*there is no such program\.\nhint: /)]);
  shared.expectNothingLeft();
});

test('rule 21: the command gets no manifest and no input, with --scrub not what the manifest names either', async () => {
  const env = { 'INPUT_GITHUB-TOKEN': 'canary-input', INPUT_MANIFEST: 'canary-input' };
  const names = async (...flags: string[]) => {
    const { stdout } = await shared.laptop.cli(['exec', ...flags, '--', 'env'], { env });
    return stdout.split('\n').map((line) => line.split('=')[0]);
  };
  const kept = await names();
  expect(kept).toContain('GLOBEX_TOKEN');
  expect(kept.filter((name) => /^INPUT_|^PIPELINE_CREDENTIALS$/.test(name ?? ''))).toEqual([]);
  expect(
    (await names('--scrub')).filter((name) => name !== undefined && name in shared.world.secrets),
  ).toEqual([]);
});

test.each(['TERM', 'INT', 'HUP'] as const)(
  'SIG%s reaches the command, whose end it waits for; then nothing is left',
  async (name) => {
    const traps = ['TERM', 'INT', 'HUP'].map(
      (one) => `trap 'echo ${one}; sleep 0.3; echo done; exit 9' ${one}`,
    );
    const script = `${traps.join('; ')}; echo ready; while :; do sleep 0.1; done`;
    const { code, stdout } = await shared.laptop.cli(['exec', '--quiet', '--', 'sh', '-c', script], {
      started: (child) => child.stdout?.once('data', () => child.kill(`SIG${name}`)),
    });
    expect([code, stdout]).toEqual([9, `ready\n${name}\ndone\n`]);
    shared.expectNothingLeft();
  },
);

test.skipIf(!existsSync('/usr/bin/script') || process.platform !== 'linux')(
  'with a terminal, which tells the command itself, it hears of Ctrl-C once',
  async () => {
    const script = `trap 'echo told' INT; echo ready; for i in 1 2 3 4 5 6 7 8; do sleep 0.1; done; exit 9`;
    const line = `'${shared.laptop.node}' '${shared.laptop.script}' exec --quiet -- sh -c "${script}"`;
    const { stdout } = await shared.laptop.run(['script', '-qec', line, '/dev/null'], {
      started: (child) => child.stdout?.once('data', () => child.stdin?.write('\u0003')),
      input: null,
    });
    expect(stdout.replaceAll('\r', '')).toBe('ready\n^Ctold\n');
    shared.expectNothingLeft();
  },
);

test('a second signal does not make it leave things behind', async () => {
  const script = `trap 'sleep 0.5; exit 9' TERM; echo ready; while :; do sleep 0.1; done`;
  const { code } = await shared.laptop.cli(['exec', '--quiet', '--', 'sh', '-c', script], {
    started: (child) =>
      child.stdout?.once('data', () => {
        child.kill('SIGTERM');
        setTimeout(() => child.kill('SIGTERM'), 150);
      }),
  });
  expect(code).toBe(9);
  shared.expectNothingLeft();
});

test.skipIf(!existsSync('/dev/full')).each([
  ['whoever stops listening', '2>&1 | true'],
  ['a full disk below standard error', '2>/dev/full'],
])('%s does not make it leave things behind', async (_what, where) => {
  const line = `'${shared.laptop.node}' '${shared.laptop.script}' exec --docker home --git home -- true ${where}`;
  const { stderr } = await shared.laptop.run(['sh', '-c', line]);
  expect(stderr).toBe('');
  shared.expectNothingLeft();
});

test('without a command it says how to write one', async () => {
  const { code, stderr } = await shared.laptop.cli(['exec']);
  expect([code, stderr]).toEqual([2, expect.stringContaining('hint: Write it after two dashes')]);
});
