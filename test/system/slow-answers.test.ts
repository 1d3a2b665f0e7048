import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { watchAnswers } from '../../src/system/slow-answers.ts';

function watching(patience: { first: number; again: number }) {
  const told: string[] = [];
  return { told, watch: watchAnswers((line) => told.push(line), patience) };
}

test('who answers in time is not mentioned', async () => {
  const { told, watch } = watching({ first: 400, again: 400 });
  await Promise.all([1, 2, 3].map((ms) => watch('h.example.com', () => sleep(ms))));
  await sleep(500);
  expect(told).toEqual([]);
});

test('a host that lets us wait is told, and told again, and not after it answered', async () => {
  const { told, watch } = watching({ first: 10, again: 20 });
  await watch('h.example.com', () => sleep(200));
  const { length } = told;
  await sleep(100);
  expect(length).toBeGreaterThan(1);
  expect(told).toHaveLength(length);
  expect(told[0]).toBe('h.example.com has not answered for 0 seconds; still waiting.');
});

test('the wait goes on over the tries of one request, until it is answered', async () => {
  const { told, watch } = watching({ first: 600, again: 60_000 });
  const failing = async (ms: number) => {
    await sleep(ms);
    throw new Error('no answer');
  };
  await watch('h.example.com', () => failing(400)).catch(() => {});
  await watch('h.example.com', () => sleep(700));
  await watch('h.example.com', () => sleep(5));
  expect(told).toEqual(['h.example.com has not answered for 1 seconds; still waiting.']);
});

test('others that are answered speak for the host', async () => {
  const { told, watch } = watching({ first: 500, again: 500 });
  const slow = watch('h.example.com', () => sleep(800));
  for (let count = 0; count < 8; count += 1) await watch('h.example.com', () => sleep(90));
  await slow;
  expect(told).toEqual([]);
});
