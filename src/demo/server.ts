import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';

export interface ListenOptions {
  /** A loopback address; 127.0.0.1 by default. */
  readonly address?: string;
  /** 0, the default, takes a free one. */
  readonly port?: number;
  /** PEM texts; with them the server speaks https. */
  readonly tls?: { readonly key: string; readonly cert: string };
  /** Host names that requests may ask for besides the address and `localhost`. */
  readonly names?: readonly string[];
}

export interface Listening {
  /** `http://127.0.0.1:41234`, no trailing slash. */
  readonly url: string;
  /** `127.0.0.1:41234`. */
  readonly host: string;
  /** Resolves when the port is free again: requests under way are cut off. */
  readonly close: () => Promise<void>;
}

export type Handle = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** Starts a server on a loopback address; requests for another host name are refused with 421 (DNS rebinding). */
export async function listen(options: ListenOptions, handle: Handle): Promise<Listening> {
  const address = options.address ?? '127.0.0.1';
  const names = new Set([address, 'localhost', ...(options.names ?? [])]);
  const listener: RequestListener = (request, response) => {
    if (!names.has(hostname(request))) {
      response.writeHead(421, { 'content-type': 'text/plain' }).end('Misdirected request\n');
      return;
    }
    handle(request, response).catch((cause: unknown) => {
      if (response.headersSent) response.destroy();
      else response.writeHead(500, { 'content-type': 'text/plain' }).end(`${cause}\n`);
    });
  };
  const server =
    options.tls === undefined ? createServer(listener) : createTlsServer({ ...options.tls }, listener);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(options.port ?? 0, address, resolve);
  });
  const host = `${address}:${(server.address() as AddressInfo).port}`;
  return {
    url: `${options.tls === undefined ? 'http' : 'https'}://${host}`,
    host,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function hostname(request: IncomingMessage): string {
  return (request.headers.host ?? '').toLowerCase().replace(/:\d+$/, '');
}
