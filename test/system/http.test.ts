import { createServer, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Fetch } from '../../src/core/http/fetch.ts';
import { createHttp, type Http } from '../../src/system/http.ts';
import { authority, certificate } from '../tls/loopback-certificate.ts';

const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
});
beforeAll(() => setDefaultCACertificates([...getCACertificates('default'), authority]));

async function listening(server: ReturnType<typeof createServer>): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ends.push(() => server.close().closeAllConnections());
  return (server.address() as AddressInfo).port;
}

const secure = (listener: RequestListener) => listening(createTlsServer(certificate, listener));
const plain = (listener: RequestListener) => listening(createServer(listener));

function client(options: Partial<Parameters<typeof createHttp>[0]> = {}): Http {
  const http = createHttp({ env: {}, ...options });
  ends.push(http.close);
  return http;
}

const limits = { idleMs: 5000, totalMs: 5000, bodyBytes: 1000 };

describe('fetch', () => {
  test("has the shape of Node's own", () => {
    const own: Fetch = globalThis.fetch;
    expect(own).toBe(globalThis.fetch);
  });

  test('sends method, headers and body, and reads status, headers and body', async () => {
    const port = await secure(async (request, response) => {
      let body = '';
      for await (const chunk of request) body += chunk;
      const { method, url, headers } = request;
      response.writeHead(201, { 'content-type': 'application/json', link: ['<a>', '<b>'] });
      response.end(
        JSON.stringify({
          method,
          url,
          agent: headers['user-agent'],
          length: headers['content-length'],
          body,
        }),
      );
    });
    const answer = await client().fetch(`https://localhost:${port}/a?b=c`, {
      method: 'POST',
      headers: { 'user-agent': 'test' },
      body: '{"ä":1}',
    });
    expect([answer.status, answer.ok, answer.url]).toEqual([201, true, `https://localhost:${port}/a?b=c`]);
    expect(answer.headers.get('Link')).toBe('<a>, <b>');
    expect(Object.fromEntries(answer.headers)).toMatchObject({ 'content-type': 'application/json' });
    const expected = { method: 'POST', url: '/a?b=c', agent: 'test', length: '8', body: '{"ä":1}' };
    expect(await answer.json()).toEqual(expected);
    expect(JSON.parse(await answer.text())).toEqual(expected);
    expect(JSON.parse(Buffer.from(await answer.arrayBuffer()).toString())).toEqual(expected);
  });

  test('uses one pool of at most ten kept connections', async () => {
    const sockets = new Set();
    let most = 0;
    let open = 0;
    const port = await secure((request, response) => {
      sockets.add(request.socket);
      most = Math.max(most, ++open);
      setTimeout(() => response.end('ok', () => void open--), 20);
    });
    const { fetch } = client();
    const ask = () => fetch(`https://localhost:${port}/`);
    await Promise.all(Array.from({ length: 25 }, ask));
    await ask();
    expect(sockets.size).toBeLessThanOrEqual(10);
    expect(most).toBeGreaterThan(1);
  });

  test('rule 13: never follows a redirect', async () => {
    let asked = 0;
    const port = await plain((_request, response) => {
      asked += 1;
      response.writeHead(302, { location: '/elsewhere' }).end();
    });
    const answer = await client().fetch(`http://127.0.0.1:${port}/`);
    expect([answer.status, answer.headers.get('location'), asked]).toEqual([302, '/elsewhere', 1]);
  });

  test.each([
    'http://api.github.com/',
    'http://10.0.0.1/',
    'ftp://127.0.0.1/',
    'https://user:canary@127.0.0.1/',
  ])('rule 8: %s is refused', async (address) => {
    const error = await client()
      .fetch(address)
      .catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: 'refused' });
    expect(String(error)).not.toContain('canary');
  });

  test('rule 14: a certificate is checked whatever the environment says', async () => {
    setDefaultCACertificates([]);
    process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';
    ends.push(() => {
      delete process.env.NODE_TLS_REJECT_UNAUTHORIZED;
      setDefaultCACertificates([...getCACertificates('bundled'), authority]);
    });
    const port = await secure((_request, response) => response.end('ok'));
    await expect(client().fetch(`https://localhost:${port}/`)).rejects.toMatchObject({
      code: 'unreachable',
      hint: expect.stringContaining('NODE_EXTRA_CA_CERTS'),
    });
  });

  test('tells that nothing listens', async () => {
    const failing = client().fetch('https://127.0.0.1:1/');
    await expect(failing).rejects.toMatchObject({
      code: 'unreachable',
      message: expect.stringContaining('ECONNREFUSED'),
    });
  });

  test.each<[string, RequestListener, string]>([
    ['a reset', (request) => request.socket.destroy(), 'ECONNRESET'],
    ['silence', () => undefined, 'ETIMEDOUT'],
    ['half an answer', (_request, response) => response.writeHead(200).write('{"half":'), 'ETIMEDOUT'],
    ['an answer cut off', (_q, response) => response.write('{', () => response.destroy()), 'ECONNRESET'],
    ['a drizzle', drizzle, 'ETIMEDOUT'],
    ['too much', (_q, response) => response.end('x'.repeat(2000)), 'more than 1000 bytes'],
  ])('tells %s', async (name, listener, message) => {
    const port = await plain(listener);
    const { fetch } = client({
      limits: { idleMs: 150, totalMs: name === 'a drizzle' ? 400 : 60_000, bodyBytes: 1000 },
    });
    await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toMatchObject({
      code: 'unreachable',
      message: expect.stringContaining(message),
    });
  });

  test('tells of a host that switches protocols, which ends the connection without a word', async () => {
    const port = await plain((request) => {
      request.socket.end('HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n');
    });
    await expect(client().fetch(`http://127.0.0.1:${port}/`)).rejects.toMatchObject({
      code: 'unreachable',
      message: expect.stringContaining('broke the connection off'),
    });
  });

  test('rule 26: tells what is not JSON without quoting it', async () => {
    const port = await plain((_request, response) => response.end('<html>canary</html>'));
    const answer = await client().fetch(`http://127.0.0.1:${port}/`);
    const error = await answer.json().catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: 'unreachable', message: expect.stringContaining('JSON') });
    expect(String(error)).not.toContain('canary');
  });

  test('ends when its signal says so', async () => {
    const port = await plain(() => undefined);
    const abort = new AbortController();
    setTimeout(() => abort.abort(), 20);
    const init = { signal: abort.signal };
    await expect(client({ limits }).fetch(`http://127.0.0.1:${port}/`, init)).rejects.toThrow('aborted');
  });
});

function drizzle(...[, response]: Parameters<RequestListener>): void {
  const drops = setInterval(() => response.write(' '), 50);
  response.once('close', () => clearInterval(drops));
}
