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
