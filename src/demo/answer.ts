import type { IncomingMessage, ServerResponse } from 'node:http';

export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  /** Texts and bytes go out as they are, anything else as JSON. */
  readonly body?: string | Uint8Array | object;
}

/** Writes an answer and ends the response. */
export function send(response: ServerResponse, answer: Answer): void {
  const { body } = answer;
  const raw = body === undefined || typeof body === 'string' || body instanceof Uint8Array;
  const bytes = Buffer.from(raw ? (body ?? '') : JSON.stringify(body));
  response.statusCode = answer.status;
  if (body !== undefined) {
    response.setHeader('content-type', raw ? 'text/plain; charset=utf-8' : 'application/json; charset=utf-8');
  }
  for (const [name, value] of Object.entries(answer.headers ?? {})) response.setHeader(name, value);
  if (answer.status !== 204 && answer.status !== 304) response.setHeader('content-length', bytes.length);
  response.end(bytes);
}

/** The whole body of a request. */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** The body as a JSON object; an empty body is an empty object, anything else `null`. */
export function jsonObject(body: Buffer): Record<string, unknown> | null {
  if (body.length === 0) return {};
  try {
    const value: unknown = JSON.parse(body.toString());
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null;
  } catch {
    return null;
  }
}
