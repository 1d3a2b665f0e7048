import { expect, test } from 'vitest';
import { limiter } from '../../src/core/limiter.ts';

test('at most so many are under way, in the order they came, whatever becomes of them', async () => {
  let open = 0;
  let most = 0;
  const order: number[] = [];
  const limit = limiter(3);
  const work = async (index: number) => {
    order.push(index);
    most = Math.max(most, ++open);
    await new Promise((resolve) => setImmediate(resolve));
    open -= 1;
    if (order.length % 2 === 0) throw new Error('broken');
  };
  const indexes = Array.from({ length: 12 }, (_none, index) => index);
  await Promise.allSettled(indexes.map((index) => limit(() => work(index))));
  expect([most, open, order]).toEqual([3, 0, indexes]);
});

test.each([0, 1, 2, 3])('a turn goes to who waits, not to who comes as it gets free (%i)', async (ticks) => {
  let open = 0;
  let most = 0;
  const limit = limiter(1);
  const work = async () => {
    most = Math.max(most, ++open);
    await Promise.resolve();
    open -= 1;
  };
  const late = async () => {
    for (let tick = 0; tick <= ticks; tick += 1) await Promise.resolve();
    await limit(work);
  };
  await Promise.all([limit(work), limit(work), late()]);
  expect([most, open]).toEqual([1, 0]);
});
