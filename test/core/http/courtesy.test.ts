import { describe, expect, test, vi } from 'vitest';
import { Failure } from '../../../src/core/failure.ts';
import { type CourtesyOptions, courteous } from '../../../src/core/http/courtesy.ts';
import type { Fetch, FetchResponse } from '../../../src/core/http/fetch.ts';

const start = Date.parse('2026-11-20T12:00:00Z');

function answer(status: number, headers: Record<string, string> = {}): FetchResponse {
  const map = new Map(Object.entries(headers));
  return {
    status,
    ok: status === 200,
    url: '',
    headers: { get: (name) => map.get(name) ?? null, [Symbol.iterator]: () => map.entries() },
    text: async () => '',
    json: async () => ({}),
    arrayBuffer: async () => new ArrayBuffer(0),
  };
}

/** A run whose clock moves only by its own pauses. */
function run(send: Fetch, options: Partial<CourtesyOptions> = {}) {
  let time = start;
  const slept: number[] = [];
  const courtesy = courteous(send, {
    perHost: 2,
    longestPauseMs: 60_000,
    now: () => new Date(time),
    sleep: async (ms) => {
      slept.push(ms);
      time += ms;
    },
    ...options,
  });
  return { ...courtesy, slept };
}

/** Gives these answers in turn, the last one for ever. */
function inTurn(...answers: (FetchResponse | Error)[]) {
  const asked: string[] = [];
  const send: Fetch = async (url) => {
    asked.push(String(url));
    const next = answers[Math.min(asked.length, answers.length) - 1];
    if (next === undefined || next instanceof Error) throw next;
    return next;
  };
  return { send, asked };
}

describe('courteous', () => {
  test('tells of a long pause, once for all that wait', async () => {
    const { send } = inTurn(
      ...[1, 2].map(() => answer(429, { 'retry-after': '30' })),
      answer(200),
      answer(200),
      answer(429, { 'retry-after': '2' }),
      answer(200),
    );
    const told: unknown[] = [];
    const sleepers = new Set<() => void>();
    let time = start;
    const { fetch } = run(send, {
      pausing: (...pause) => told.push(pause),
      now: () => new Date(time),
      sleep: () => new Promise((resolve) => sleepers.add(resolve)),
    });
    const asked = Promise.all([1, 2, 3].map(() => fetch('https://example.com/')));
    for (const pause of [30_000, 2000]) {
      await vi.waitFor(() => expect(sleepers.size).toBe(pause === 2000 ? 1 : 2));
      time += pause;
      for (const wake of sleepers) wake();
      sleepers.clear();
    }
    await asked;
    expect(told).toEqual([['example.com', 30_000]]);
  });

  test('asks each host with few requests at a time, and hosts beside each other', async () => {
    const underWay = new Map<string, number>();
    const most = new Map<string, number>();
    const { fetch } = run(async (url) => {
      const { host } = new URL(url);
      underWay.set(host, (underWay.get(host) ?? 0) + 1);
      most.set(host, Math.max(most.get(host) ?? 0, underWay.get(host) ?? 0));
      await new Promise((resolve) => setTimeout(resolve, 2));
      underWay.set(host, (underWay.get(host) ?? 0) - 1);
      return answer(200);
    });
    const urls = Array.from({ length: 20 }, (_none, index) => `https://h${index % 2}.example.com/${index}`);
    await Promise.all(urls.map((url) => fetch(url)));
    expect([...most]).toEqual([
      ['h0.example.com', 2],
      ['h1.example.com', 2],
    ]);
  });

  test.each([
    ['seconds', answer(429, { 'retry-after': '7' }), 7000],
    ['a date', answer(503, { 'retry-after': 'Fri, 20 Nov 2026 12:00:09 GMT' }), 9000],
    [
      'a date by a clock that is ahead',
      answer(429, { 'retry-after': 'Fri, 20 Nov 2026 13:00:09 GMT', date: 'Fri, 20 Nov 2026 13:00:00 GMT' }),
      9000,
    ],
    [
      "GitHub's reset",
      answer(403, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(start / 1000 + 20) }),
      20_000,
    ],
    ['nothing', answer(429), 60_000],
    ['no time at all', answer(429, { 'retry-after': '0' }), 1000],
  ])('waits as the host says by %s, and tries once more', async (_by, limit, pause) => {
    const { send, asked } = inTurn(limit, answer(200));
    const { fetch, slept } = run(send);
    expect((await fetch('https://h.example.com/')).status).toBe(200);
    expect([slept, asked.length]).toEqual([[pause], 2]);
  });

  test('tries only once more', async () => {
    const { send, asked } = inTurn(answer(429, { 'retry-after': '2' }));
    const { fetch } = run(send);
    expect((await fetch('https://h.example.com/')).status).toBe(429);
    expect(asked).toHaveLength(2);
  });

  test('leaves a host alone that asks for a long pause, and answers in its words', async () => {
    const { send, asked } = inTurn(answer(429, { 'retry-after': '3600' }), answer(200));
    const { fetch, slept } = run(send);
    const answers = [await fetch('https://h.example.com/a'), await fetch('https://h.example.com/b')];
    expect(answers.map(({ status }) => status)).toEqual([429, 429]);
    expect([asked, slept]).toEqual([['https://h.example.com/a'], []]);
  });

  test.each([
    answer(401),
    answer(403),
    answer(404),
    answer(503),
    answer(403, { 'x-ratelimit-remaining': '41' }),
  ])('never repeats a refusal (%#)', async (refusal) => {
    const { send, asked } = inTurn(refusal, answer(200));
    expect((await run(send).fetch('https://h.example.com/')).status).toBe(refusal.status);
    expect(asked).toHaveLength(1);
  });

  test('stops asking a host that is down, and asks the others', async () => {
    const gone = new Failure('unreachable', 'Cannot reach h.example.com.', { hint: '' });
    const { send, asked } = inTurn(gone);
    const { fetch } = run(send);
    for (const path of [1, 2, 3]) await expect(fetch(`https://h.example.com/${path}`)).rejects.toBe(gone);
    await expect(fetch('https://h.example.com/4')).rejects.toThrow('is not asked again');
    await expect(fetch('https://other.example.com/')).rejects.toBe(gone);
    expect(asked).toHaveLength(4);
  });

  test.each([
    ['without an answer', new Failure('unreachable', 'Cannot reach h.example.com.', { hint: '' })],
    ['broken', answer(502)],
  ])('requests that fail together (%s) count once', async (_how, failure) => {
    const { send, asked } = inTurn(...Array.from({ length: 6 }, () => failure), answer(200));
    const { fetch } = run(send, { perHost: 6 });
    const burst = Array.from({ length: 6 }, (_none, index) => fetch(`https://h.example.com/${index}`));
    await Promise.allSettled(burst);
    expect((await fetch('https://h.example.com/again')).status).toBe(200);
    expect(asked).toHaveLength(7);
  });

  test('gives the last word of one that is broken, without asking again', async () => {
    const { send, asked } = inTurn(answer(502), answer(502), answer(500), answer(200));
    const { fetch } = run(send);
    const statuses: number[] = [];
    for (const path of [1, 2, 3, 4]) statuses.push((await fetch(`https://h.example.com/${path}`)).status);
    expect(statuses).toEqual([502, 502, 500, 500]);
    expect(asked).toHaveLength(3);
  });

  test('knows the time of each host', async () => {
    const { fetch, hostNow } = run(async (url) =>
      answer(200, {
        date: new URL(url).host.startsWith('ahead')
          ? 'Fri, 20 Nov 2026 13:00:00 GMT'
          : 'Fri, 20 Nov 2026 12:00:20 GMT',
      }),
    );
    await fetch('https://ahead.example.com/');
    await fetch('https://near.example.com/');
    const hours = ['ahead', 'near', 'strange'].map((name) =>
      hostNow(`${name}.example.com`).toISOString().slice(11, 16),
    );
    expect(hours).toEqual(['13:00', '12:00', '12:00']);
  });
});
