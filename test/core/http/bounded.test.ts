import { expect, test } from 'vitest';
import { bounded } from '../../../src/core/http/bounded.ts';
import type { FetchResponse } from '../../../src/core/http/fetch.ts';

test('at most so many requests are under way, in the order they came, whatever becomes of them', async () => {
  let open = 0;
  let most = 0;
  const order: string[] = [];
  const send = bounded(async (url) => {
    order.push(String(url));
    most = Math.max(most, ++open);
    await new Promise((resolve) => setImmediate(resolve));
    open -= 1;
    if (order.length % 2 === 0) throw new Error('broken');
    return { status: 200 } as FetchResponse;
  }, 3);
  const asked = Array.from({ length: 12 }, (_none, index) => String(index));
  await Promise.allSettled(asked.map((url) => send(url)));
  expect([most, open, order]).toEqual([3, 0, asked]);
});
