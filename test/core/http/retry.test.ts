import { describe, expect, test } from 'vitest';
import { Failure } from '../../../src/core/failure.ts';
import type { Fetch, FetchResponse } from '../../../src/core/http/fetch.ts';
import { retrying } from '../../../src/core/http/retry.ts';
import { unreachable } from '../../../src/core/http/unreachable.ts';

const broken = (code: string) => unreachable('h', { code });

/** Answers with these, one after the other, and notes how long was slept in between. */
function scripted(outcomes: readonly (number | Failure)[]) {
  const slept: number[] = [];
  let sent = 0;
  const send: Fetch = async () => {
    const outcome = outcomes[sent++];
    if (outcome instanceof Failure) throw outcome;
    return { status: outcome } as FetchResponse;
  };
  const waiting = { sleep: async (ms: number) => void slept.push(ms), random: () => 0.5 };
  const ask = () => retrying(send, waiting)('https://h/').then(({ status }) => status);
  return { ask, slept, sent: () => sent };
}

describe('retrying', () => {
  test.each([[[200]], [[201]], [[301]], [[401]], [[403]], [[404]], [[422]], [[429]], [[501]]])(
    'takes %j as it is',
    async (outcomes) => {
      const { ask, slept } = scripted(outcomes);
      expect(await ask()).toBe(outcomes[0]);
      expect(slept).toEqual([]);
    },
  );

  test.each<[string, (number | Failure)[]]>([
    ['500', [500, 201]],
    ['502, then 503', [502, 503, 201]],
    ['a reset', [broken('ECONNRESET'), 201]],
    ['a timeout, then 504', [broken('ETIMEDOUT'), 504, 201]],
  ])('gets over %s', async (_name, outcomes) => {
    const { ask, sent, slept } = scripted(outcomes);
    expect(await ask()).toBe(201);
    expect(sent()).toBe(outcomes.length);
    expect(slept).toEqual([300, 1500].slice(0, outcomes.length - 1));
  });

  test('gives up after three tries', async () => {
    const stumbling = scripted([500, 500, 500, 201]);
    expect(await stumbling.ask()).toBe(500);
    const resetting = scripted([broken('ECONNRESET'), broken('ECONNRESET'), broken('ECONNRESET'), 201]);
    await expect(resetting.ask()).rejects.toThrow('ECONNRESET');
    expect([stumbling.sent(), resetting.sent()]).toEqual([3, 3]);
  });

  test.each(['ENOTFOUND', 'ECONNREFUSED', 'CERT_HAS_EXPIRED'])('does not try %s again', async (code) => {
    const { ask, sent } = scripted([broken(code), 201]);
    await expect(ask()).rejects.toThrow(code);
    expect(sent()).toBe(1);
  });
});
