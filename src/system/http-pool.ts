import { Agent, request as plainRequest } from 'node:http';
import { Agent as TlsAgent, request as tlsRequest } from 'node:https';
import type { Env } from '../core/env.ts';
import { Failure } from '../core/failure.ts';
import type { FetchInit, FetchResponse } from '../core/http/fetch.ts';
import { proxyFor } from '../core/http/proxy.ts';
import { unreachable } from '../core/http/unreachable.ts';
import { readAnswer } from './http-answer.ts';
import { type Tell, watchAnswers } from './slow-answers.ts';

export interface Limits {
  /** Milliseconds without a byte moving, the connecting included. */
  readonly idleMs: number;
  /** Milliseconds until the whole answer must be there. */
  readonly totalMs: number;
  /** Bytes of an answer's body. */
  readonly bodyBytes: number;
}

/** Kept connections to any number of hosts, directly or through proxies. */
export interface Pool {
  readonly send: (url: URL, init: FetchInit) => Promise<FetchResponse>;
  readonly close: () => void;
}

/** NODE_TLS_REJECT_UNAUTHORIZED has no say where the option is written (security rule 14). */
const options = { keepAlive: true, maxSockets: 10, rejectUnauthorized: true };

export function openPool(env: Env, { limits, tell }: { limits: Limits; tell: Tell }): Pool {
  const watch = watchAnswers(tell);
  const agents = new Map<string, Promise<Agent>>();
  const agentFor = (url: URL): Promise<Agent> => {
    const proxy = proxyFor(url, env);
    const key = `${url.protocol} ${proxy?.href ?? ''}`;
    const agent = agents.get(key) ?? newAgent(url, proxy, limits);
    agents.set(key, agent);
    return agent;
  };
  return {
    send: async (url, init) => {
      const agent = await agentFor(url);
      return watch(url.host, () => send(url, init, { agent, limits }));
    },
    close: () => {
      for (const agent of agents.values()) agent.then((made) => made.destroy());
    },
  };
}

async function newAgent(url: URL, proxy: URL | null, limits: Limits): Promise<Agent> {
  if (url.protocol === 'http:') return new Agent(options);
  if (proxy === null) return new TlsAgent(options);
  const { TunnelAgent } = await import('./proxy-tunnel.ts');
  return new TunnelAgent(proxy, { ...options, connectMs: limits.idleMs });
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
    // Node drops a connection that switches protocols (101), and says nothing of it.
    const dropped = () => fail(Object.assign(new Error('dropped'), { code: 'ECONNABORTED' }));
    request.once('close', () => clearTimeout(deadline)).once('close', dropped);
    request.once('response', (response) => {
      request.off('close', dropped);
      readAnswer(response, { url, bodyBytes: limits.bodyBytes }).then(resolve, fail);
    });
    request.end(init.body ?? undefined);
  });
}

function failureOf(url: URL, error: unknown, signal: FetchInit['signal']): unknown {
  return error instanceof Failure || signal?.aborted ? error : unreachable(url.host, error);
}
