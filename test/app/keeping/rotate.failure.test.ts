import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import { rotate } from '../../../src/app/keeping/rotate.ts';
import type { Fault } from '../../../src/demo/traffic.ts';
import type { FakeGitlab } from '../../fakes/gitlab.ts';
import { keepingContext } from './context.ts';
import { type Folder, makeFolder } from './folder.ts';
import { first, labManifest, manager, rotateRequest, rotationScene, working } from './rotate-scene.ts';

const now = () => new Date('2026-11-20T10:00:00Z');

/** What a rotation asks of the host, in order. */
const steps = [
  'which store it is',
  'what the token is',
  'whose it is',
  'whether the manager sees it',
  'prove: what the store has',
  'prove: write the old value',
  'prove: look',
  'rotate',
  'store: what the store has',
  'store: write the new value',
  'store: look',
  'try the new one',
] as const;

/** How a request breaks: it never arrives, its answer is lost, the host stumbles, or says nothing. */
const faults: Readonly<Record<string, Fault>> = {
  'never arrives': 'reset',
  'answer lost': 'lose',
  'error 500': { status: 500, body: { message: `${first} is broken` } },
  'no answer': 'hang',
};

/**
 * Which token works when the run has ended, and who knows it: CI by its variable, or this machine by the rescue file.
 * Never neither. `and on` is a run that came through all the same.
 */
const table: Readonly<Record<(typeof steps)[number], readonly [string, string, string, string]>> = {
  //                              never arrives          answer lost            error 500              no answer
  'which store it is': ['new, CI, and on', 'new, CI, and on', 'new, CI, and on', 'new, CI, and on'],
  'what the token is': ['old, CI', 'old, CI', 'old, CI', 'old, CI'],
  'whose it is': ['old, CI', 'old, CI', 'new, CI, and on', 'old, CI'],
  'whether the manager sees it': ['old, CI', 'old, CI', 'new, CI, and on', 'old, CI'],
  'prove: what the store has': ['new, CI, and on', 'new, CI, and on', 'new, CI, and on', 'new, CI, and on'],
  'prove: write the old value': ['old, CI', 'old, CI', 'old, CI', 'old, CI'],
  'prove: look': ['new, CI, and on', 'new, CI, and on', 'new, CI, and on', 'new, CI, and on'],
  rotate: ['old, CI', 'new, CI, and on', 'old, CI', 'old, CI'],
  'store: what the store has': ['new, CI, and on', 'new, CI, and on', 'new, CI, and on', 'new, CI, and on'],
  'store: write the new value': ['new, rescue', 'new, CI, rescue', 'new, rescue', 'new, rescue'],
  'store: look': ['new, CI, and on', 'new, CI, and on', 'new, CI, and on', 'new, CI, and on'],
  'try the new one': ['new, CI, rescue', 'new, CI, rescue', 'new, CI, rescue', 'new, CI, rescue'],
};

/** @param patienceMs how long a host may be silent: short only where one is. */
async function run(gitlab: FakeGitlab, folder: Folder, patienceMs = 12_000) {
  // CI gives the job what the variable says.
  const env = { LAB: gitlab.variable('acme/pipeline', 'LAB')?.value ?? '', MANAGER: manager };
  const context = keepingContext({ cwd: folder.path, env, now, patienceMs });
  const result = await rotate(rotateRequest(gitlab), context);
  return { ...result, talk: context.talk };
}

function rescueOf(folder: Folder, gitlab: FakeGitlab): string | null {
  const path = folder.file(
    `.local/state/pipeline-credentials/rotate-${gitlab.host.replace(':', '_')}-lab.json`,
  );
  return existsSync(path) ? readFileSync(path, 'utf8') : null;
}

const seen: string[] = [];
afterAll(() => expect(seen.length).toBe(steps.length * 4));

test.concurrent.each(steps.flatMap((step) => Object.keys(faults).map((fault) => [step, fault] as const)))(
  '%s: %s',
  async (step, fault) => {
    await using gitlab = await rotationScene(now);
    using folder = makeFolder();
    folder.write('m.yml', labManifest(gitlab, '{ env: LAB }'));
    let count = 0;
    gitlab.traffic.fail(() => count++ === steps.indexOf(step), faults[fault] as Fault);
    const { failures, talk } = await run(gitlab, folder, fault === 'no answer' ? 2000 : 12_000);
    const token = working(gitlab);
    const rescue = rescueOf(folder, gitlab);
    const places = [
      ...(gitlab.variable('acme/pipeline', 'LAB')?.value === token ? ['CI'] : []),
      ...(token !== null && rescue?.includes(token) ? ['rescue'] : []),
      ...(failures.length === 0 ? ['and on'] : []),
    ];
    expect([token === first ? 'old' : 'new', ...places].join(', ')).toBe(
      table[step][Object.keys(faults).indexOf(fault)],
    );
    expect(token).not.toBeNull();
    expect(JSON.stringify([failures, talk])).not.toContain('canary');
    for (const { failure } of failures)
      if (rescue?.includes(token ?? '')) expect(failure.hint).toContain('readable by you alone');
    // Doing it again puts everything right, and leaves nothing behind.
    gitlab.traffic.heal();
    expect((await run(gitlab, folder)).failures).toEqual([]);
    expect(gitlab.variable('acme/pipeline', 'LAB')?.value).toBe(working(gitlab));
    expect(rescueOf(folder, gitlab)).toBeNull();
    seen.push(step);
  },
);

test('an answer that got lost, and the host silent after it: the next run finds the new token by its number', async () => {
  await using gitlab = await rotationScene(now);
  using folder = makeFolder();
  folder.write('m.yml', labManifest(gitlab, '{ env: LAB }'));
  let silent = false;
  gitlab.traffic.fail(() => silent, 'reset', 20);
  gitlab.traffic.fail(({ path }) => {
    silent ||= path.endsWith('self/rotate');
    return false;
  }, 'reset');
  gitlab.traffic.fail('self/rotate', 'lose');
  const { failures, talk } = await run(gitlab, folder);
  expect(failures[0]?.failure.message).toMatch(/not known whether the token was rotated/);
  expect(talk.join()).toMatch(/rotate lab --recover 100/);
  silent = false;
  const again = await run(gitlab, folder);
  expect(again.rotations).toMatchObject([{ state: 'recovered' }]);
  expect(gitlab.variable('acme/pipeline', 'LAB')?.value).toBe(working(gitlab));
});

test('the same, where the machine and its memory are gone: by the number that the log told', async () => {
  await using gitlab = await rotationScene(now);
  gitlab.traffic.fail('self/rotate', 'lose');
  const api = `${gitlab.apiUrl}/personal_access_tokens/self/rotate`;
  await expect(fetch(api, { method: 'POST', headers: { 'private-token': first } })).rejects.toThrow();
  using folder = makeFolder();
  folder.write('m.yml', labManifest(gitlab, '{ env: LAB }'));
  expect((await run(gitlab, folder)).failures[0]?.failure.message).toMatch(/is dead/);
  const env = { LAB: first, MANAGER: manager };
  const context = keepingContext({ cwd: folder.path, env, now });
  const { rotations } = await rotate(rotateRequest(gitlab, { recover: 100 }), context);
  expect(rotations).toMatchObject([{ state: 'recovered' }]);
  expect(gitlab.variable('acme/pipeline', 'LAB')?.value).toBe(working(gitlab));
});

test('where it is not clear which token came after, none is touched', async () => {
  await using gitlab = await rotationScene(now);
  using folder = makeFolder();
  folder.write('m.yml', labManifest(gitlab, '{ env: LAB }'));
  gitlab.traffic.fail('self/rotate', 'lose');
  gitlab.addToken({ token: 'canary-namesake-token', username: 'project_7_bot_ab', userId: 70, name: 'lab' });
  const { failures } = await run(gitlab, folder);
  expect(failures[0]?.failure.message).toMatch(/not clear which token took the place of number 100/);
  expect(gitlab.traffic.requests.filter(({ path }) => path.endsWith('/rotate'))).toHaveLength(1);
});

test('a disk that takes no more after the rotation: the new value goes straight to its place', async () => {
  await using gitlab = await rotationScene(now);
  using folder = makeFolder();
  folder.write('m.yml', labManifest(gitlab, '{ env: LAB }'));
  const state = folder.file('.local/state/pipeline-credentials');
  gitlab.traffic.fail(({ path }) => {
    // A folder in the journal's place: renaming a file onto it fails.
    if (path.endsWith('self/rotate')) {
      const journal = `${state}/rotate-${gitlab.host.replace(':', '_')}-lab.json`;
      rmSync(journal);
      mkdirSync(`${journal}/x`, { recursive: true });
    }
    return false;
  }, 'reset');
  const { talk } = await run(gitlab, folder);
  expect(talk.join()).toMatch(/cannot be written.*straight to its places/);
  expect(gitlab.variable('acme/pipeline', 'LAB')?.value).toBe(working(gitlab));
});

test('without a net a lost answer is said as it is', async () => {
  await using gitlab = await rotationScene(now);
  using folder = makeFolder();
  folder.write('lab.token', first);
  folder.write('m.yml', labManifest(gitlab, `{ file: ${folder.file('lab.token')} }`));
  gitlab.traffic.fail('self/rotate', 'lose');
  const context = keepingContext({ cwd: folder.path, now });
  const { failures } = await rotate(rotateRequest(gitlab, { store: null, withoutNet: true }), context);
  expect(failures[0]?.failure).toMatchObject({
    message: expect.stringMatching(/old token of lab is dead, and no token here can bring the new one back/),
    hint: expect.stringMatching(/--recovery-token/),
  });
  // It is not too late for a net.
  const later = keepingContext({ cwd: folder.path, env: { MANAGER: manager }, now });
  await rotate(rotateRequest(gitlab, { store: null, recoveryToken: 'MANAGER' }), later);
  expect(folder.read('lab.token')).toBe(working(gitlab));
});
