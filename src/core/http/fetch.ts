/** What this program uses of the Fetch standard: `globalThis.fetch` fits, and so does `createHttp` of `system/`. */
export type Fetch = (url: string | URL, init?: FetchInit) => Promise<FetchResponse>;

export interface FetchInit {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | null;
  readonly signal?: AbortSignal | null;
}

export interface FetchResponse {
  readonly status: number;
  readonly ok: boolean;
  readonly url: string;
  readonly headers: FetchHeaders;
  readonly text: () => Promise<string>;
  readonly json: () => Promise<unknown>;
  readonly arrayBuffer: () => Promise<ArrayBuffer>;
}

export interface FetchHeaders extends Iterable<[string, string]> {
  /** Names are not case-sensitive; several values are joined by `, `. */
  readonly get: (name: string) => string | null;
}

/** The same answer with other headers, or with a body that was read already. */
export function changed(
  answer: FetchResponse,
  { headers = answer.headers, body }: { headers?: Iterable<[string, string]>; body?: string },
): FetchResponse {
  const byName = new Map(headers);
  return {
    status: answer.status,
    ok: answer.ok,
    url: answer.url,
    headers: {
      get: (name) => byName.get(name.toLowerCase()) ?? null,
      [Symbol.iterator]: () => byName.entries(),
    },
    text: async () => body ?? answer.text(),
    json: async () => (body === undefined ? answer.json() : JSON.parse(body)),
    arrayBuffer: async () =>
      body === undefined ? answer.arrayBuffer() : new Uint8Array(Buffer.from(body)).buffer,
  };
}
