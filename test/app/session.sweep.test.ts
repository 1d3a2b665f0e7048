import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { beginSession } from '../../src/app/session.ts';
import { sessionsIn } from '../../src/system/find-sessions.ts';
import { type Job, requestIn, startJob } from '../git/job.ts';

let job: Job;
beforeEach(() => {
  job = startJob();
});
afterEach(() => job[Symbol.dispose]());

const { uid } = userInfo();
const script = resolve(import.meta.dirname, 'killed-setup.ts');

/** A setup of another process, as far as asked. */
async function setUpElsewhere(how: string) {
  const child = spawn(process.execPath, [script, job.root, how], {
    env: job.env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  return child;
}

/** All that a next setup makes and removes again. */
function nextSetup(now = new Date()): void {
  beginSession({ ...requestIn(job.root, job.env), now }).abandon();
}

const left = () => readdirSync(job.root).filter((name) => name !== 'home');

describe('rule 20: a setup killed by SIGKILL', () => {
  test.each(['begun', 'written', 'elsewhere', 'docker: home'])(
    '%s: leaves nothing that the next does not sweep',
    async (how) => {
      const child = await setUpElsewhere(how);
      expect(left()).not.toEqual([]);
      child.kill('SIGKILL');
      await once(child, 'exit');
      nextSetup();
      expect(left()).toEqual([]);
      expect(readdirSync(job.home)).toEqual([]);
    },
  );

  test('is left alone while it lives', async () => {
    const child = await setUpElsewhere('written');
    const before = left();
    nextSetup();
    expect(left()).toEqual(before);
    child.kill('SIGKILL');
    await once(child, 'exit');
  });
});

describe('rule 20: the sweep', () => {
  test('takes what is a week old, whoever owns it', async () => {
    await job.setUp({ samples: [] });
    const week = 7 * 24 * 3_600_000;
    nextSetup(new Date(Date.now() + week - 60_000));
    expect(sessionsIn(job.root, uid)).toHaveLength(1);
    nextSetup(new Date(Date.now() + week + 60_000));
    expect(sessionsIn(job.root, uid)).toHaveLength(0);
  });

  test('takes no folder of another user', async () => {
    await job.setUp({ samples: [] }, { pid: 0 });
    const later = new Date(Date.now() + 8 * 24 * 3_600_000);
    beginSession({ ...requestIn(job.root, job.env), user: uid + 1, now: later }).abandon();
    expect(sessionsIn(job.root, uid).length).toBeGreaterThan(0);
  });

  test('takes nothing that only has our name', () => {
    const name = join(job.root, `pipeline-credentials-${'f'.repeat(32)}`);
    writeFileSync(name, 'precious');
    nextSetup(new Date(Date.now() + 8 * 24 * 3_600_000));
    expect(existsSync(name) && readFileSync(name, 'utf8')).toBe('precious');
  });
});
