import { request } from 'node:http';

/** A JSON request in plain http that a proxy carries on. */
export interface ForwardedRequest {
  /** `http://localhost:29418`. */
  readonly proxy: string;
  readonly method: string;
  /** Absolute, `http:`. */
  readonly url: string;
  /** Null sends none. */
  readonly body: unknown;
}

/** Sends a request through a proxy on this machine; the status of the answer, null when there is no proxy. */
export function sendThroughProxy({ proxy, method, url, body }: ForwardedRequest): Promise<number | null> {
  const { hostname, port } = new URL(proxy);
  const text = body === null ? '' : JSON.stringify(body);
  const headers = {
    host: new URL(url).host,
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
  };
  return new Promise((resolve) => {
    const call = request({ hostname, port, method, path: url, headers, timeout: 10_000 }, (answer) => {
      answer.resume().once('end', () => resolve(answer.statusCode ?? null));
    });
    call.once('timeout', () => call.destroy());
    call.once('error', () => resolve(null)).end(text);
  });
}
