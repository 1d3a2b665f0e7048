import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, connect, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeCertificate } from './certificate.ts';

/** What stands behind one name. */
export interface NamedHost {
  /** `http://127.0.0.1:41234`: a server of the test. */
  readonly origin: string;
  /** What to put before the path there: `/github.com`. */
  readonly below?: string;
  /** Paths that are others there. */
  readonly paths?: Readonly<Record<string, string>>;
  /** The `Authorization` to pass on, or null for a 401; passes on what came when left out. */
  readonly admit?: (request: IncomingMessage) => string | null;
}

export interface NamedHosts extends AsyncDisposable {
  /** Makes a program reach these hosts, and trust their certificates. */
  readonly env: Readonly<Record<string, string>>;
  /** Every request: `GET github.com/acme/tool/info/refs?service=git-upload-pack`. */
  readonly requests: readonly { readonly line: string; readonly authorization: string | null }[];
  /** Names that programs asked for though there is nothing behind them. */
  readonly strangers: readonly string[];
}

/**
 * Lets programs use hosts by their real names over https without leaving the machine: a proxy that leads the names to one
 * TLS server on loopback, which has a certificate for all of them, and refuses every other name.
 */
export async function startNamedHosts(hosts: Readonly<Record<string, NamedHost>>): Promise<NamedHosts> {
  const { key, cert, ca } = await makeCertificate(Object.keys(hosts));
  const folder = mkdtempSync(join(tmpdir(), 'named-hosts-'));
  const authority = join(folder, 'ca.pem');
  writeFileSync(authority, ca);
  const requests: { line: string; authorization: string | null }[] = [];
  const strangers: string[] = [];
  const tls = createTlsServer({ key, cert }, (incoming, response) => {
    const { host = '', authorization = null } = incoming.headers;
    requests.push({ line: `${incoming.method} ${host}${incoming.url}`, authorization });
    relay(hosts[host.replace(/:443$/, '')], incoming, response);
  });
  const tlsPort = await listening(tls);
  const proxy = createServer((_, response) => void response.writeHead(403).end());
  proxy.on('connect', (request, client, head) => {
    const [name = '', port] = (request.url ?? '').split(':');
    client.on('error', () => {});
    if (!(name in hosts) || port !== '443') {
      strangers.push(request.url ?? '');
      return client.end('HTTP/1.1 403 Forbidden\r\n\r\n');
    }
    const server = connect(tlsPort, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      if (head.length > 0) server.write(head);
      server.pipe(client).pipe(server);
    });
    server.on('error', () => client.destroy());
  });
  // Tunnels are no connections of the server's any more, and it would wait for them.
  const sockets = new Set<Socket>();
  for (const server of [proxy, tls]) server.on('connection', (socket) => sockets.add(socket));
  const url = `http://127.0.0.1:${await listening(proxy)}`;
  const variables = ['GIT_SSL_CAINFO', 'NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE', 'CURL_CA_BUNDLE'];
  return {
    env: {
      https_proxy: url,
      HTTPS_PROXY: url,
      NO_PROXY: '127.0.0.1',
      ...Object.fromEntries(variables.map((name) => [name, authority])),
    },
    requests,
    strangers,
    [Symbol.asyncDispose]: async () => {
      const closed = [proxy, tls].map((server) => new Promise((resolve) => server.close(resolve)));
      for (const socket of sockets) socket.destroy();
      await Promise.all(closed);
      rmSync(folder, { recursive: true });
    },
  };
}

function relay(host: NamedHost | undefined, incoming: IncomingMessage, response: ServerResponse): void {
  if (host === undefined) return void response.writeHead(421).end();
  const { host: _, authorization, ...headers } = incoming.headers;
  const admitted = host.admit === undefined ? (authorization ?? null) : host.admit(incoming);
  if (admitted === null && host.admit !== undefined) {
    return void response.writeHead(401, { 'www-authenticate': 'Basic realm="named host"' }).end();
  }
  const outgoing = httpRequest(
    `${host.origin}${host.below ?? ''}${pathAt(host, incoming.url ?? '/')}`,
    {
      method: incoming.method,
      headers: admitted === null ? headers : { ...headers, authorization: admitted },
    },
    (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    },
  );
  outgoing.on('error', () => response.destroy());
  incoming.pipe(outgoing);
}

function pathAt({ paths }: NamedHost, url: string): string {
  const [path = '', query] = url.split('?');
  return (paths?.[path] ?? path) + (query === undefined ? '' : `?${query}`);
}

function listening(server: Server): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}
