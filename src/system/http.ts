import type { Env } from '../core/env.ts';
import { Failure } from '../core/failure.ts';
import { isLoopback } from '../core/host.ts';
import type { Fetch } from '../core/http/fetch.ts';
import type { Limits, Pool } from './http-pool.ts';
import type { Tell } from './slow-answers.ts';

export interface Http {
  /**
   * Sends one request over a pool of kept connections. Certificates are always checked, redirects never followed;
   * answers may be read more than once.
   * @throws Failure `unreachable` when no whole answer came, `refused` for an address that is not https.
   */
  readonly fetch: Fetch;
  /** Loads what requests need, and node reads its certificates meanwhile: worth a call when one is about to come. */
  readonly prepare: () => void;
  /** Closes the pool's connections, so that the process may end at once. */
  readonly close: () => void;
}

export interface HttpOptions {
  /** Only proxies are read of it. */
  readonly env: Env;
  /** Hears of hosts that do not answer for seconds; nobody by default. */
  readonly tell?: Tell;
  readonly limits?: Limits;
}

const usual: Limits = { idleMs: 12_000, totalMs: 30_000, bodyBytes: 8 * 1024 * 1024 };

/**
 * An http client over `node:https`, which starts faster than Node's own `fetch`; it loads with the first request, since
 * many jobs send none.
 */
export function createHttp({ env, tell = () => {}, limits = usual }: HttpOptions): Http {
  let pool: Promise<Pool> | null = null;
  const open = (): Promise<Pool> => {
    pool ??= import('./http-pool.ts').then(({ openPool }) => openPool(env, { limits, tell }));
    return pool;
  };
  return {
    fetch: async (address, init = {}) => {
      const url = onlyHttps(new URL(address));
      return (await open()).send(url, init);
    },
    prepare: () => void open(),
    close: () => void pool?.then((opened) => opened.close()),
  };
}

function onlyHttps(url: URL): URL {
  const safe = url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.host));
  if (safe && url.username === '' && url.password === '') return url;
  throw new Failure('refused', `A request to ${url.host} would not be safe.`, {
    hint: 'Write https addresses, without user info; plain http is for loopback only.',
  });
}
