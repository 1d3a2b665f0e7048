import { Failure } from '../failure.ts';
import { limiter } from '../limiter.ts';
import type { Fetch, FetchResponse } from './fetch.ts';
import { pauseOf } from './rate-limit.ts';

/** How many hosts are asked politely by one run. */
export interface Courtesy {
  readonly fetch: Fetch;
  /** A host's own time, as its last answer told it; this machine's before. */
  readonly hostNow: (host: string) => Date;
}

export interface CourtesyOptions {
  /** Requests that may be under way to one host. */
  readonly perHost: number;
  /** The longest pause that is waited for, in milliseconds; what asks for more is left alone. */
  readonly longestPauseMs: number;
  readonly now: () => Date;
  /** Resolves after so many milliseconds; rejects when the run is to stop. */
  readonly sleep: (ms: number) => Promise<void>;
  /** Told once of each pause that people would notice. */
  readonly pausing?: (host: string, ms: number) => void;
}

/** What one host taught us so far. */
interface Host {
  readonly ask: Fetch;
  /** Milliseconds that its clock is ahead. */
  ahead: number;
  /** Until when it wants to be left alone, in milliseconds since the epoch. */
  pausedUntil: number;
  /** Until when people know that, likewise. */
  toldUntil: number;
  /** Its word for that; given again to whoever would ask before. */
  refusal: FetchResponse | null;
  /**
   * How often in a row it gave no answer, or only that it is broken itself. Requests that were under way together count
   * once: a line that breaks takes all of them along.
   */
  failures: number;
  /** The last of those answers; null when there was none at all. */
  broken: FetchResponse | null;
}

/** After so many failures in a row a host counts as down, and nobody waits for it any more. */
const patience = 3;

/** Pauses from here on are told, in milliseconds. */
const noticed = 5000;

/** Differences of clocks below this are the network's, in milliseconds. */
const sameTime = 30_000;

/**
 * Asks every host with few requests at a time, waits as long as it says (`retry-after`, rate limits) and tries once
 * more, leaves it alone when that is long, and stops asking one that is down.
 */
export function courteous(send: Fetch, options: CourtesyOptions): Courtesy {
  const hosts = new Map<string, Host>();
  const known = (name: string): Host => {
    const host = hosts.get(name) ?? newHost(send, options);
    hosts.set(name, host);
    return host;
  };
  return {
    fetch: (url, init) => known(new URL(url).host).ask(url, init),
    hostNow: (name) => {
      const ahead = hosts.get(name)?.ahead ?? 0;
      return new Date(options.now().getTime() + (Math.abs(ahead) > sameTime ? ahead : 0));
    },
  };
}

function newHost(send: Fetch, options: CourtesyOptions): Host {
  const limit = limiter(options.perHost);
  const host: Host = {
    ask: (url, init) => limit(() => askPolitely({ host, send, options }, url, init)),
    ahead: 0,
    pausedUntil: 0,
    toldUntil: 0,
    refusal: null,
    failures: 0,
    broken: null,
  };
  return host;
}

interface Asking {
  readonly host: Host;
  readonly send: Fetch;
  readonly options: CourtesyOptions;
}

async function askPolitely(asking: Asking, ...request: Parameters<Fetch>): Promise<FetchResponse> {
  const { host, options } = asking;
  for (let tries = 0; ; tries++) {
    const rest = host.pausedUntil - options.now().getTime();
    if (rest > options.longestPauseMs && host.refusal !== null) return host.refusal;
    if (rest > 0) await pause(asking, new URL(request[0]).host, rest);
    const answer = await askOnce(asking, ...request);
    const wanted = pauseOf(answer, options.now());
    if (wanted === null) return answer;
    host.pausedUntil = Math.max(host.pausedUntil, options.now().getTime() + wanted);
    if (wanted > options.longestPauseMs) host.refusal = answer;
    if (wanted > options.longestPauseMs || tries > 0) return answer;
  }
}

/** The pauses of requests that were refused together are told as one. */
async function pause({ host, options }: Asking, name: string, ms: number): Promise<void> {
  const now = options.now().getTime();
  if (ms >= noticed && now >= host.toldUntil) {
    host.toldUntil = host.pausedUntil;
    options.pausing?.(name, ms);
  }
  await options.sleep(ms);
}

async function askOnce(
  { host, send, options }: Asking,
  ...request: Parameters<Fetch>
): Promise<FetchResponse> {
  if (host.failures >= patience) {
    if (host.broken !== null) return host.broken;
    throw down(new URL(request[0]).host);
  }
  const before = host.failures;
  const failed = () => {
    host.failures = Math.max(host.failures, before + 1);
  };
  const answer = await send(...request).catch((error: unknown) => {
    if (error instanceof Failure && error.code === 'unreachable') failed();
    throw error;
  });
  if (answer.status >= 500) failed();
  else host.failures = 0;
  host.broken = answer.status >= 500 ? answer : null;
  const date = Date.parse(answer.headers.get('date') ?? '');
  if (!Number.isNaN(date)) host.ahead = date - options.now().getTime();
  return answer;
}

function down(host: string): Failure {
  return new Failure('unreachable', `${host} did not answer ${patience} times and is not asked again.`, {
    hint: 'See what the first of its results say.',
  });
}
