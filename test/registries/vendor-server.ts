import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Fetch } from '../../src/core/http/fetch.ts';
import { createHttp } from '../../src/system/http.ts';

export interface VendorRequest {
  readonly method: string;
  /** The address that was meant: `https://api.ecr.eu-west-1.amazonaws.com/`. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface VendorServer extends AsyncDisposable {
  /** Sends every request to this server, whatever host it is for. */
  readonly fetch: Fetch;
  readonly requests: readonly VendorRequest[];
}

/** A server on loopback that stands for a vendor's hosts, and answers with status and JSON. */
export async function startVendor(
  answer: (request: VendorRequest) => readonly [status: number, body: unknown],
): Promise<VendorServer> {
  const requests: VendorRequest[] = [];
  const server = createServer(async (incoming, response) => {
    const body = (await incoming.toArray()).join('');
    const { 'x-meant': meant, ...headers } = incoming.headers;
    const request = { method: incoming.method ?? '', url: String(meant), headers, body };
    requests.push(request);
    const [status, json] = answer(request);
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(typeof json === 'string' ? json : JSON.stringify(json));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const http = createHttp({ env: {} });
  return {
    requests,
    fetch: (address, init = {}) => {
      const url = new URL(address);
      const headers = { ...init.headers, host: url.host, 'x-meant': url.href };
      return http.fetch(`${origin}${url.pathname}${url.search}`, { ...init, headers });
    },
    [Symbol.asyncDispose]: async () => {
      http.close();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
