/** Runs work when its turn comes. */
export type Limiter = <T>(work: () => Promise<T>) => Promise<T>;

/** Lets at most so many pieces of work be under way at one time; the others wait in the order they came. */
export function limiter(most: number): Limiter {
  const waiting: (() => void)[] = [];
  let free = most;
  return async (work) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) free += 1;
      else next();
    }
  };
}
