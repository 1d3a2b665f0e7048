import type { components } from '@octokit/openapi-types';
import type { Answer } from '../answer.ts';
import type { Caller } from './caller.ts';
import type { State } from './state.ts';

export interface ApiRequest {
  readonly state: State;
  /** The forge's own, for links. */
  readonly origin: string;
  readonly caller: Exclude<Caller, { kind: 'refused' }>;
  /** What stands where the route has `:name`, in that order. */
  readonly params: readonly string[];
  readonly query: URLSearchParams;
  readonly body: Readonly<Record<string, unknown>>;
  /** After `/api/v3`. */
  readonly path: string;
}

export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** `/users/:login`. */
  readonly path: string;
  readonly answer: (asked: ApiRequest) => Answer;
}

export function error(status: number, message: string): Answer {
  const body: components['schemas']['basic-error'] = {
    message,
    documentation_url: 'https://docs.github.com/rest',
    status: String(status),
  };
  return { status, body };
}

/** One page of a list, with the `Link` header that leads to the others. */
export function page<T>({ origin, path, query }: ApiRequest, all: readonly T[]) {
  const wanted = (name: string, otherwise: number): number =>
    Number(query.get(name) ?? otherwise) || otherwise;
  const size = Math.min(100, Math.max(1, wanted('per_page', 30)));
  const last = Math.max(1, Math.ceil(all.length / size));
  const number = Math.max(1, wanted('page', 1));
  const link = (to: number, rel: string): string =>
    `<${origin}/api/v3${path}?per_page=${size}&page=${to}>; rel="${rel}"`;
  const links = [
    ...(number > 1 ? [link(number - 1, 'prev'), link(1, 'first')] : []),
    ...(number < last ? [link(number + 1, 'next'), link(last, 'last')] : []),
  ];
  return {
    items: all.slice((number - 1) * size, number * size),
    headers: links.length === 0 ? {} : { link: links.join(', ') },
  };
}
