import { expect, test } from 'vitest';
import { newState, stateLifeMs } from '../../../../src/app/keeping/create-app/state.ts';

test('rule 31: a state is random, counts once, for ten minutes', () => {
  let now = 0;
  const state = newState(() => new Date(now));
  expect(state.text).toMatch(/^[\w-]{43}$/);
  expect(newState(() => new Date(now)).text).not.toBe(state.text);
  expect(['', 'x', `${state.text}x`, state.text.slice(1)].map(state.take)).toEqual([
    false,
    false,
    false,
    false,
  ]);
  now = stateLifeMs - 1;
  expect(state.take(state.text)).toBe(true);
  expect(state.take(state.text)).toBe(false);
  const late = newState(() => new Date(now));
  now += stateLifeMs;
  expect(late.take(late.text)).toBe(false);
});
