import { Agent, request as plainRequest } from 'node:http';
import { Agent as TlsAgent, request as tlsRequest } from 'node:https';
import type { Env } from '../core/env.ts';
import { Failure } from '../core/failure.ts';
import { isLoopback } from '../core/host.ts';
import type { Fetch, FetchInit, FetchResponse } from '../core/http/fetch.ts';
import { proxyFor } from '../core/http/proxy.ts';
import { unreachable } from '../core/http/unreachable.ts';
import { readAnswer } from './http-answer.ts';

export interface Limits {
  /** Milliseconds without a byte moving, the connecting included. */
  readonly idleMs: number;
  /** Milliseconds until the whole answer must be there. */
  readonly totalMs: number;
  /** Bytes of an answer's body. */
  readonly bodyBytes: number;
}

export interface Http {
  /**
   * Sends one request over a pool of kept connections. Certificates are always checked, redirects never followed;
   * answers may be read more than once.
   * @throws Failure `unreachable` when no whole answer came, `refused` for an address that is not https.
   */
  readonly fetch: Fetch;
  /** Closes the pool's connections, so that the process may end at once. */
  readonly close: () => void;
}

const usual: Limits = { idleMs: 12_000, totalMs: 30_000, bodyBytes: 8 * 1024 * 1024 };

/** NODE_TLS_REJECT_UNAUTHORIZED has no say where the option is written (security rule 14). */
const pool = { keepAlive: true, maxSockets: 10, rejectUnauthorized: true };

/** An http client over `node:https`, which starts faster than Node's own `fetch`. Of `env` only proxies are read. */
export function createHttp({ env, limits = usual }: { env: Env; limits?: Limits }): Http {
  const agents = new Map<string, Promise<Agent>>();
  const agentFor = (url: URL): Promise<Agent> => {
    const proxy = proxyFor(url, env);
    const key = `${url.protocol} ${proxy?.href ?? ''}`;
    const agent = agents.get(key) ?? newAgent(url, proxy, limits);
    agents.set(key, agent);
    return agent;
  };
  return {
    fetch: async (address, init = {}) => {
      const url = onlyHttps(new URL(address));
      return send(url, init, { agent: await agentFor(url), limits });
    },
    close: () => {
      for (const agent of agents.values()) agent.then((made) => made.destroy());
    },
  };
}

function onlyHttps(url: URL): URL {
  const safe = url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.host));
  if (safe && url.username === '' && url.password === '') return url;
  throw new Failure('refused', `A request to ${url.host} would not be safe.`, {
    hint: 'Write https addresses, without user info; plain http is for loopback only.',
  });
}

async function newAgent(url: URL, proxy: URL | null, limits: Limits): Promise<Agent> {
  if (url.protocol === 'http:') return new Agent(pool);
  if (proxy === null) return new TlsAgent(pool);
  const { TunnelAgent } = await import('./proxy-tunnel.ts');
  return new TunnelAgent(proxy, { ...pool, connectMs: limits.idleMs });
}

interface Way {
  readonly agent: Agent;
  readonly limits: Limits;
}

function send(url: URL, init: FetchInit, { agent, limits }: Way): Promise<FetchResponse> {
  return new Promise((resolve, reject) => {
    const request = (url.protocol === 'https:' ? tlsRequest : plainRequest)(url, {
      method: init.method ?? 'GET',
      headers: { 'user-agent': 'pipeline-credentials', ...init.headers },
      agent,
      timeout: limits.idleMs,
      ...(init.signal ? { signal: init.signal } : {}),
    });
    const fail = (error: unknown) => reject(failureOf(url, error, init.signal));
    const late = () => {
      fail(Object.assign(new Error('timeout'), { code: 'ETIMEDOUT' }));
      request.destroy();
    };
    const deadline = setTimeout(late, limits.totalMs);
    request.once('timeout', late).once('error', fail);
    request.once('close', () => clearTimeout(deadline));
    request.once('response', (response) => {
      readAnswer(response, { url, bodyBytes: limits.bodyBytes }).then(resolve, fail);
    });
    request.end(init.body ?? undefined);
  });
}

function failureOf(url: URL, error: unknown, signal: FetchInit['signal']): unknown {
  return error instanceof Failure || signal?.aborted ? error : unreachable(url.host, error);
}
