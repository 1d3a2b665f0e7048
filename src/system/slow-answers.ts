/** Tells people one line. */
export type Tell = (line: string) => void;

/** How long a host may keep everybody waiting before that is told, and then again, in milliseconds. */
export interface Patience {
  readonly first: number;
  readonly again: number;
}

const usual: Patience = { first: 5000, again: 10_000 };

interface Host {
  underWay: number;
  /** When it last answered, or was first asked since: milliseconds of a clock that only goes forward. */
  since: number | null;
  timer: NodeJS.Timeout | undefined;
}

/**
 * Runs requests, and tells of each host that lets them wait, over all tries up to its next answer. Says nothing of hosts
 * that answer in time.
 */
export function watchAnswers(tell: Tell, { first, again }: Patience = usual) {
  const hosts = new Map<string, Host>();
  return async <T>(name: string, request: () => Promise<T>): Promise<T> => {
    const host = hosts.get(name) ?? { underWay: 0, since: null, timer: undefined };
    hosts.set(name, host);
    const wait = (ms: number): void => {
      clearTimeout(host.timer);
      host.timer = setTimeout(() => {
        const seconds = Math.round((performance.now() - (host.since ?? 0)) / 1000);
        tell(`${name} has not answered for ${seconds} seconds; still waiting.`);
        wait(again);
      }, ms).unref();
    };
    host.since ??= performance.now();
    host.underWay += 1;
    if (host.underWay === 1) wait(first);
    try {
      const answer = await request();
      host.since = host.underWay > 1 ? performance.now() : null;
      if (host.underWay > 1) wait(first);
      return answer;
    } finally {
      host.underWay -= 1;
      if (host.underWay === 0) clearTimeout(host.timer);
    }
  };
}
