import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { isGone, ownerOf, survivorOf } from '../../src/system/owner.ts';
import { type ProcessFacts, type ProcessTable, processTable } from '../../src/system/process-table.ts';

/** `pid parent leader name`, one process each. */
function table(lines: readonly string[], more: Partial<ProcessTable> = {}): ProcessTable {
  const processes = lines.map((line): ProcessFacts => {
    const [pid, parent, sessionLeader, name = ''] = line.split(' ');
    return {
      pid: Number(pid),
      parent: Number(parent),
      sessionLeader: Number(sessionLeader),
      name,
      started: `s${pid}`,
    };
  });
  return {
    boot: 'boot',
    namespace: 'here',
    contained: false,
    find: (pid) => processes.find((one) => one.pid === pid) ?? null,
    mayLive: () => true,
    ...more,
  };
}

describe('what outlives a setup', () => {
  test.each<[string, 'job' | 'shell', readonly string[], boolean, number | null]>([
    [
      "an action: the runner's worker",
      'job',
      ['1 0 1 init', '20 1 20 Runner.Listener', '30 20 20 Runner.Worker', '40 30 20 node'],
      false,
      30,
    ],
    [
      "a step that runs us: the runner's worker",
      'job',
      ['1 0 1 init', '30 1 30 Runner.Worker', '35 30 30 bash', '40 35 30 node'],
      false,
      30,
    ],
    ['an action in a container: its first process', 'job', ['1 0 1 tail', '40 0 40 node'], true, 1],
    [
      'a step in a container: its first process',
      'job',
      ['1 0 1 tail', '35 0 35 sh', '40 35 35 node'],
      true,
      1,
    ],
    [
      'a runner that has no name we know: the outermost',
      'job',
      ['1 0 1 init', '20 1 20 agent', '35 20 20 bash', '40 35 20 node'],
      false,
      20,
    ],
    [
      'eval in a terminal: its shell, not the one that ends with us',
      'shell',
      ['1 0 1 init', '20 1 20 terminal', '30 20 30 bash', '35 30 30 bash', '40 35 30 node'],
      false,
      30,
    ],
    [
      'a shell whose first process is gone: the outermost',
      'shell',
      ['1 0 1 init', '20 1 19 bash', '40 20 19 node'],
      false,
      20,
    ],
    ['where nothing is above us', 'job', ['40 0 40 node'], false, null],
  ])('%s', (_what, within, lines, contained, expected) => {
    expect(survivorOf(40, within, table(lines, { contained }))?.pid ?? null).toBe(expected);
  });

  test('nobody where the system does not tell', () => {
    expect(survivorOf(40, 'job', null)).toBeNull();
    expect(ownerOf(40, null)).toBeNull();
  });
});

describe('rule 20: an owner is gone', () => {
  const owner = { boot: 'boot', namespace: 'here', pid: 40, started: 's40' };

  test.each<[string, object, boolean]>([
    ['not while it lives', {}, false],
    ['when its process ended', { pid: 41 }, true],
    ['when another one has its number', { started: 's39' }, true],
    ['when the machine was started anew', { boot: 'earlier' }, true],
    ['not when it may live in a container', { namespace: 'there' }, false],
  ])('%s', (_what, change, expected) => {
    expect(isGone({ ...owner, ...change }, table(['40 0 40 node']))).toBe(expected);
  });

  test('when nobody lives in its container any more', () => {
    const known = table([], { mayLive: () => false });
    expect(isGone({ ...owner, namespace: 'there' }, known)).toBe(true);
  });

  test('not where the system does not tell', () => {
    expect(isGone(null, table([]))).toBe(false);
    expect(isGone(owner, null)).toBe(false);
  });
});

describe.runIf(process.platform === 'linux' || process.platform === 'darwin')('on this system', () => {
  test('a process is itself while it lives, and gone after', async () => {
    const child = spawn('sleep', ['60']);
    const owner = ownerOf(child.pid ?? 0, processTable());
    expect(owner?.pid).toBe(child.pid);
    expect(isGone(owner, processTable())).toBe(false);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(isGone(owner, processTable())).toBe(true);
  });

  test('something outlives us', () => {
    const survivor = survivorOf(process.pid, 'job', processTable());
    expect(survivor).not.toBeNull();
    expect(isGone(survivor, processTable())).toBe(false);
  });
});
