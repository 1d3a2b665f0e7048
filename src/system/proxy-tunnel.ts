import { type ClientRequest, type IncomingMessage, request as plainRequest } from 'node:http';
import { Agent, type AgentOptions, request as tlsRequest } from 'node:https';
import type { Duplex } from 'node:stream';
import { type ConnectionOptions, connect } from 'node:tls';
import { Failure } from '../core/failure.ts';
import { proxyUnreachable } from '../core/http/unreachable.ts';

type Connected = (error: Error | null, socket: Duplex) => void;

/** Keeps connections to https servers that are reached through an http or https proxy (`CONNECT`, RFC 9110 9.3.6). */
export class TunnelAgent extends Agent {
  readonly #proxy: URL;
  readonly #connectMs: number;

  constructor(proxy: URL, { connectMs, ...options }: AgentOptions & { connectMs: number }) {
    super(options);
    this.#proxy = proxy;
    this.#connectMs = connectMs;
  }

  override createConnection(options: ConnectionOptions, connected?: Connected): undefined {
    const done = connected as (error: Error | null, socket?: Duplex) => void;
    const server = `${options.host}:${options.port}`;
    openTunnel(this.#proxy, server, this.#connectMs)
      .once('connect', (answer, socket) => {
        socket.setTimeout(0);
        if (answer.statusCode === 200) return done(null, connect({ ...options, socket }));
        socket.destroy();
        done(refusal(this.#proxy, answer));
      })
      .once('error', (error) => done(proxyUnreachable(this.#proxy.host, error)))
      .end();
  }
}

function openTunnel(proxy: URL, server: string, connectMs: number): ClientRequest {
  const credentials = `${decodeURIComponent(proxy.username)}:${decodeURIComponent(proxy.password)}`;
  const request = (proxy.protocol === 'https:' ? tlsRequest : plainRequest)({
    host: proxy.hostname.replace(/^\[|\]$/g, ''),
    port: proxy.port || (proxy.protocol === 'https:' ? 443 : 80),
    method: 'CONNECT',
    path: server,
    agent: false,
    rejectUnauthorized: true,
    timeout: connectMs,
    headers: {
      host: server,
      ...(credentials === ':'
        ? {}
        : { 'proxy-authorization': `Basic ${Buffer.from(credentials).toString('base64')}` }),
    },
  });
  return request.once('timeout', () => {
    request.destroy(Object.assign(new Error('timeout'), { code: 'ETIMEDOUT' }));
  });
}

function refusal(proxy: URL, answer: IncomingMessage): Failure {
  const signIn = answer.statusCode === 407;
  return new Failure('unreachable', `The proxy ${proxy.host} answered ${answer.statusCode} to CONNECT.`, {
    hint: signIn
      ? 'Put user and password of the proxy into HTTPS_PROXY, percent-encoded.'
      : 'Ask who runs the proxy to let this host through, or name it in NO_PROXY.',
  });
}
