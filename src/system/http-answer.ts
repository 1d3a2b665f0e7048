import type { IncomingMessage } from 'node:http';
import { Failure } from '../core/failure.ts';
import type { FetchHeaders, FetchResponse } from '../core/http/fetch.ts';

/**
 * Reads a response to its end.
 * @throws Failure `unreachable` when the body is larger than `bodyBytes`; system errors as they come.
 */
export async function readAnswer(
  response: IncomingMessage,
  { url, bodyBytes }: { url: URL; bodyBytes: number },
): Promise<FetchResponse> {
  const status = response.statusCode ?? 0;
  const body = await readBody(response, { url, bodyBytes });
  return {
    status,
    ok: status >= 200 && status < 300,
    url: url.href,
    headers: headersOf(response),
    text: async () => body.toString(),
    json: async () => parse(body.toString(), url),
    arrayBuffer: async () => new Uint8Array(body).buffer,
  };
}

async function readBody(
  response: IncomingMessage,
  { url, bodyBytes }: { url: URL; bodyBytes: number },
): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > bodyBytes) {
      throw new Failure('unreachable', `${url.host} answered with more than ${bodyBytes} bytes.`, {
        hint: 'Check that the address is that of the API and not of a file or a login page.',
      });
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function headersOf(response: IncomingMessage): FetchHeaders {
  const entries = Object.entries(response.headersDistinct).map(([name, values]): [string, string] => [
    name,
    (values ?? []).join(', '),
  ]);
  const byName = new Map(entries);
  return {
    get: (name) => byName.get(name.toLowerCase()) ?? null,
    [Symbol.iterator]: () => byName.entries(),
  };
}

/** The parser's own error quotes what it read (security rule 26). */
function parse(text: string, url: URL): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Failure('unreachable', `${url.host} did not answer with JSON.`, {
      hint: 'Check that the address is that of the API; a proxy or a login page may stand in between.',
    });
  }
}
