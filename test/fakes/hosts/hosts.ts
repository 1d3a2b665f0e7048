import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { Failure } from '../../../src/core/failure.ts';
import type { Fetch } from '../../../src/core/http/fetch.ts';
import { createHttp, type Http } from '../../../src/system/http.ts';
import type { Limits } from '../../../src/system/http-pool.ts';

/** A request as the host would see it. */
export interface HostRequest {
  readonly method: string;
  /** The address that was meant: `https://gitlab.example.com/api/v4/user`. */
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** User name and password of Basic; null for any other. */
  readonly basic: readonly [username: string, password: string] | null;
  /** What follows `Bearer` or `token`; null for any other. */
  readonly bearer: string | null;
}

export interface HostAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Texts go out as they are, anything else as JSON. */
  readonly body?: unknown;
}

/** How a fake answers; null leaves a request to the next one, and in the end to 404. */
export type Handler = (request: HostRequest) => HostAnswer | null;

/** What may go wrong at all of a host: it is down, never answers, answers this to everything. */
export type Weather = 'fine' | 'down' | 'silent' | HostAnswer;

export interface Hosts extends AsyncDisposable {
  /** Sends every request to these fakes, whatever host it is for. */
  readonly fetch: Fetch;
  readonly requests: readonly HostRequest[];
  /** The most requests that were under way to a host at one time, by host. */
  readonly busiest: ReadonlyMap<string, number>;
  weather: Weather;
  /** Milliseconds that the hosts' clocks are ahead of ours. */
  clockAheadMs: number;
  latencyMs: number;
  /** How long our side waits; short, so that silence ends soon. Read before the first request to a host. */
  limits: Limits;
}

/**
 * Stands for hosts that cannot be had here. Fakes answer as the hosts are documented to; what they leave out is not
 * proved by a test against them.
 */
export async function startHosts(...handlers: readonly Handler[]): Promise<Hosts> {
  const requests: HostRequest[] = [];
  const underWay = new Map<string, number>();
  const busiest = new Map<string, number>();
  const server = createServer(async (incoming, response) => {
    const body = (await incoming.toArray()).join('');
    const { 'x-meant': meant, ...headers } = incoming.headers;
    const request = readRequest(incoming.method ?? '', new URL(String(meant)), { headers, body });
    requests.push(request);
    const { host } = request.url;
    const now = (underWay.get(host) ?? 0) + 1;
    underWay.set(host, now);
    busiest.set(host, Math.max(now, busiest.get(host) ?? 0));
    response.once('close', () => underWay.set(host, (underWay.get(host) ?? 1) - 1));
    if (hosts.latencyMs > 0) await wait(hosts.latencyMs);
    if (hosts.weather === 'silent') return;
    const given = typeof hosts.weather === 'object' ? hosts.weather : answerOf(request, handlers);
    const text = typeof given.body === 'string' ? given.body : JSON.stringify(given.body ?? {});
    const date = new Date(Date.now() + hosts.clockAheadMs).toUTCString();
    const type = typeof given.body === 'string' ? 'text/plain' : 'application/json';
    response.writeHead(given.status, { 'content-type': type, date, ...given.headers });
    response.end(Buffer.from(text, 'latin1'));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  // A pool for each host, as there is outside.
  const pools = new Map<string, Http>();
  const poolOf = (host: string): Http => {
    const pool = pools.get(host) ?? createHttp({ env: {}, limits: hosts.limits });
    pools.set(host, pool);
    return pool;
  };
  const hosts: Hosts = {
    requests,
    busiest,
    weather: 'fine',
    clockAheadMs: 0,
    latencyMs: 0,
    limits: { idleMs: 250, totalMs: 2000, bodyBytes: 1_000_000 },
    fetch: async (address, init = {}) => {
      const url = new URL(address);
      if (hosts.weather === 'down') throw down(url.host);
      const headers = { ...init.headers, host: url.host, 'x-meant': url.href };
      return poolOf(url.host).fetch(`${origin}${url.pathname}${url.search}`, { ...init, headers });
    },
    [Symbol.asyncDispose]: async () => {
      for (const pool of pools.values()) pool.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return hosts;
}

function answerOf(request: HostRequest, handlers: readonly Handler[]): HostAnswer {
  for (const handle of handlers) {
    const given = handle(request);
    if (given !== null) return given;
  }
  return { status: 404, body: 'not found' };
}

function readRequest(
  method: string,
  url: URL,
  { headers, body }: Pick<HostRequest, 'headers' | 'body'>,
): HostRequest {
  const [, scheme = '', rest = ''] = /^(\w+) (.+)$/.exec(headers.authorization ?? '') ?? [];
  const decoded = Buffer.from(rest, 'base64').toString();
  const colon = decoded.indexOf(':');
  const isBasic = scheme.toLowerCase() === 'basic';
  return {
    method,
    url,
    headers,
    body,
    basic: isBasic ? [decoded.slice(0, colon), decoded.slice(colon + 1)] : null,
    bearer: isBasic || rest === '' ? null : rest,
  };
}

function down(host: string): Failure {
  return new Failure('unreachable', `Cannot reach ${host}: ${host} refused the connection (ECONNREFUSED).`, {
    hint: 'Check host and port.',
    cause: Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }),
  });
}
