import { createServer, type IncomingMessage } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, connect, type Server } from 'node:net';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createHttp } from '../../src/system/http.ts';
import { authority, certificate } from '../tls/loopback-certificate.ts';

/** What the proxy was asked, and how it answers: anything but 200 is a refusal. */
const proxy = { asked: [] as IncomingMessage[], status: 200, port: 0, securePort: 0 };
let apiPort = 0;
const servers: Server[] = [];

async function listen(server: Server): Promise<number> {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

/** Connects whatever name is asked for to the one server of this test. */
function tunnel(request: IncomingMessage, socket: import('node:stream').Duplex): void {
  proxy.asked.push(request);
  if (proxy.status === 0) return;
  if (proxy.status !== 200) return void socket.end(`HTTP/1.1 ${proxy.status} No\r\n\r\n`);
  const upstream = connect(apiPort, '127.0.0.1', () => {
    socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
    upstream.pipe(socket).pipe(upstream);
  });
  for (const end of [upstream, socket]) end.on('error', () => undefined);
}

beforeAll(async () => {
  setDefaultCACertificates([...getCACertificates('default'), authority]);
  apiPort = await listen(
    createTlsServer(certificate, ({ headers, socket }, response) => {
      response.end(
        JSON.stringify({
          host: headers.host,
          port: socket.remotePort,
          proxy: headers['proxy-authorization'],
        }),
      );
    }),
  );
  proxy.port = await listen(createServer().on('connect', tunnel));
  proxy.securePort = await listen(createTlsServer(certificate).on('connect', tunnel));
});
beforeEach(() => {
  proxy.asked.length = 0;
  proxy.status = 200;
});
afterAll(() => {
  for (const server of servers) server.close();
});

const limits = { idleMs: 300, totalMs: 60_000, bodyBytes: 1000 };

function through(address: string, extra: Record<string, string> = {}) {
  return createHttp({ env: { HTTPS_PROXY: address, ...extra }, limits });
}

describe('a proxy', () => {
  test.each(['http', 'https'])('of kind %s carries a request, TLS from end to end', async (kind) => {
    const port = kind === 'http' ? proxy.port : proxy.securePort;
    const http = through(`${kind}://localhost:${port}`);
    const answer = await http.fetch('https://api.example.test/');
    expect(await answer.json()).toMatchObject({ host: 'api.example.test' });
    expect(proxy.asked.map(({ url }) => url)).toEqual(['api.example.test:443']);
    http.close();
  });

  test('carries many requests over kept tunnels', async () => {
    const http = through(`http://127.0.0.1:${proxy.port}`);
    for (const path of ['a', 'b', 'c']) await http.fetch(`https://api.example.test/${path}`);
    expect(proxy.asked).toHaveLength(1);
    http.close();
  });

  test('gets its own user and password, and the server does not', async () => {
    const http = through(`http://user:canary%2Fproxy@127.0.0.1:${proxy.port}`);
    const answer = await http.fetch('https://api.example.test/');
    const basic = `Basic ${Buffer.from('user:canary/proxy').toString('base64')}`;
    expect(proxy.asked[0]?.headers['proxy-authorization']).toBe(basic);
    expect(await answer.json()).not.toHaveProperty('proxy');
    http.close();
  });

  test.each([
    [407, 'user and password of the proxy'],
    [403, 'NO_PROXY'],
    [502, 'NO_PROXY'],
  ])('that answers %d is told with what to do', async (status, hint) => {
    proxy.status = status;
    const http = through(`http://user:canary-proxy@127.0.0.1:${proxy.port}`);
    const error = await http.fetch('https://api.example.test/').catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: 'unreachable', hint: expect.stringContaining(hint) });
    expect(JSON.stringify(error) + String(error)).not.toContain('canary');
    http.close();
  });

  test('that is silent, or not there, is told', async () => {
    proxy.status = 0;
    const silent = through(`http://127.0.0.1:${proxy.port}`);
    await expect(silent.fetch('https://api.example.test/')).rejects.toThrow('ETIMEDOUT');
    const absent = through('http://127.0.0.1:1');
    await expect(absent.fetch('https://api.example.test/')).rejects.toThrow(
      /the proxy 127\.0\.0\.1:1: .*ECONNREFUSED/,
    );
    silent.close();
  });

  test('does not get a server to be trusted whose certificate is for another name', async () => {
    const http = through(`http://127.0.0.1:${proxy.port}`);
    await expect(http.fetch('https://api.example.org/')).rejects.toThrow('for another name');
    http.close();
  });
});
