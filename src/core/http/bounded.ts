import type { Fetch } from './fetch.ts';

/** Lets at most so many requests be under way at one time; the others wait in the order they came. */
export function bounded(send: Fetch, most: number): Fetch {
  const waiting: (() => void)[] = [];
  let free = most;
  return async (url, init) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await send(url, init);
    } finally {
      const next = waiting.shift();
      if (next === undefined) free += 1;
      else next();
    }
  };
}
