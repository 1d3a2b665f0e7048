import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Failure } from '../core/failure.ts';

export interface PageRequest {
  readonly method: string;
  /** What follows the key, without leading slash: `created`. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Fields of a form; empty for GET. */
  readonly form: URLSearchParams;
}

export type PageAnswer =
  | { readonly html: string; readonly policy: string; readonly status?: number }
  /** Where to go on, after the key. */
  | { readonly to: string };

export interface LoopbackPage {
  /** `http://127.0.0.1:41234/KEY/`: only who was told the key sees the page. */
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** In bytes; the forms of this program have one number. */
const largestForm = 4096;

/**
 * Serves a page on 127.0.0.1 for the person at this machine, on a free port, below a key nobody can guess (security
 * rule 31). Requests by another host name are refused, so that no other page can reach it by rebinding a name.
 */
export async function serveOnLoopback(
  key: string,
  answer: (request: PageRequest) => Promise<PageAnswer>,
): Promise<LoopbackPage> {
  let own = '';
  const server = createServer((request, response) => {
    if (request.headers.host !== own) return refuse(response, 421);
    handle(request, response, { key, own, answer }).catch(() => refuse(response, 500));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) => reject(noPort(cause))).listen(0, '127.0.0.1', resolve);
  });
  own = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: `http://${own}/${key}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

interface Serving {
  readonly key: string;
  readonly own: string;
  readonly answer: (request: PageRequest) => Promise<PageAnswer>;
}

async function handle(
  request: IncomingMessage,
  response: ServerResponse,
  { key, own, answer }: Serving,
): Promise<void> {
  const url = new URL(request.url ?? '/', `http://${own}`);
  const method = request.method ?? '';
  if (!url.pathname.startsWith(`/${key}/`) || !['GET', 'POST'].includes(method)) return refuse(response, 404);
  if (method === 'POST' && request.headers.origin !== `http://${own}`) return refuse(response, 403);
  const form = new URLSearchParams(method === 'POST' ? await readForm(request) : '');
  const path = url.pathname.slice(key.length + 2);
  const answered = await answer({ method, path, query: url.searchParams, form });
  response.setHeader('cache-control', 'no-store');
  response.setHeader('x-content-type-options', 'nosniff');
  // The origin alone: the path has the key in it, and without any a server may refuse the form.
  response.setHeader('referrer-policy', 'strict-origin');
  if ('to' in answered) {
    response.writeHead(303, { location: `/${key}/${answered.to}` }).end();
    return;
  }
  response.setHeader('content-security-policy', answered.policy);
  response
    .writeHead(answered.status ?? 200, { 'content-type': 'text/html; charset=utf-8' })
    .end(answered.html);
}

async function readForm(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request as AsyncIterable<Buffer>) {
    text += chunk.toString();
    if (text.length > largestForm) throw new RangeError('form too large');
  }
  return text;
}

function refuse(response: ServerResponse, status: number): void {
  if (response.headersSent) response.destroy();
  else response.writeHead(status, { 'content-type': 'text/plain' }).end();
}

function noPort(cause: Error): Failure {
  return new Failure('command-failed', 'No page can be served on 127.0.0.1.', {
    hint: 'Check whether a sandbox forbids it; `app add` works without a page.',
    cause,
  });
}
