import { describe, expect, test } from 'vitest';
import type { Fetch } from '../../../src/core/http/fetch.ts';
import { obeyingLimits } from '../../../src/providers/github-app/rate-limit.ts';

const now = new Date('2027-01-01T12:00:00Z');

interface Scripted {
  readonly status: number;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

/** Answers with these, one after the other. */
function scripted(answers: readonly Scripted[]) {
  const slept: number[] = [];
  const warned: string[] = [];
  let sent = 0;
  const send: Fetch = async () => {
    const { status, headers = {}, body = '{}' } = answers[sent++] ?? { status: 200 };
    return new Response(body, { status, headers });
  };
  const obeying = obeyingLimits(send, {
    now: () => now,
    sleep: async (ms) => void slept.push(ms),
    random: () => 0,
    warn: (message) => warned.push(message),
  });
  return { ask: () => obeying('https://api.github.com/app'), slept, warned, sent: () => sent };
}

const secondary =
  'https://docs.github.com/rest/overview/rate-limits-for-the-rest-api#about-secondary-rate-limits';

describe('obeyingLimits', () => {
  test.each<[string, Scripted, number]>([
    ['retry-after', { status: 429, headers: { 'retry-after': '7' } }, 7000],
    ['retry-after on 403', { status: 403, headers: { 'retry-after': '0' } }, 1000],
    ['the reset of the primary limit', primary(20), 20_000],
    ['a reset that has just passed', primary(-5), 1000],
    [
      "the reset, by the host's own clock",
      { ...primary(20), headers: { ...primary(20).headers, date: 'Fri, 01 Jan 2027 12:00:10 GMT' } },
      10_000,
    ],
    [
      'a minute after a secondary limit',
      { status: 403, body: JSON.stringify({ documentation_url: secondary }) },
      60_000,
    ],
    ['a minute after a bare 429', { status: 429 }, 60_000],
  ])('waits for %s', async (_name, limit, pause) => {
    const { ask, slept, warned } = scripted([limit]);
    expect((await ask()).status).toBe(200);
    expect(slept).toEqual([pause]);
    expect(warned[0]).toBe(
      `api.github.com limits how often it may be asked; waiting ${pause / 1000} seconds as it says.`,
    );
  });

  test.each<[string, readonly Scripted[], string, number]>([
    ['in an hour', [primary(3600)], '2027-01-01T13:00:00Z', 1],
    ['after two minutes', [{ status: 429, headers: { 'retry-after': '120' } }], '2027-01-01T12:02:00Z', 1],
    [
      'again and again',
      Array(9).fill({ status: 429, headers: { 'retry-after': '25' } }),
      '2027-01-01T12:00:25Z',
      3,
    ],
  ])('gives up when the limit ends %s, and says when', async (_name, answers, until, requests) => {
    const { ask, sent } = scripted(answers);
    await expect(ask()).rejects.toMatchObject({
      code: 'mint-failed',
      message: `api.github.com limits how often it may be asked, until ${until}.`,
      hint: expect.stringContaining('Run the job again'),
    });
    expect(sent()).toBe(requests);
  });

  test.each([
    { status: 403, body: '{"message":"This installation has been suspended"}' },
    { status: 403, headers: { 'x-ratelimit-remaining': '4999', 'x-ratelimit-reset': '1' } },
    { status: 404 },
    { status: 200, headers: { 'x-ratelimit-remaining': '0' } },
  ])('takes %j as it is, and leaves its body to be read', async (answer) => {
    const { ask, slept } = scripted([answer]);
    const { status, text } = await ask().then((given) => ({ status: given.status, text: given.text() }));
    expect([status, await text, slept]).toEqual([answer.status, answer.body ?? '{}', []]);
  });
});

function primary(seconds: number) {
  const reset = now.getTime() / 1000 + seconds;
  return { status: 403, headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(reset) } };
}
