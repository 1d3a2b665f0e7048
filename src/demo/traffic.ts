import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { type Answer, send } from './answer.ts';
import { type Authorization, authorization } from './authorization.ts';

/** One request as it arrived. */
export interface LoggedRequest {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  /** How it signed in. */
  readonly authorization: Authorization['kind'];
  /** The `Authorization` header, or all of them joined by `, `; empty when there is none. */
  readonly header: string;
  /** The JSON body, where the server read one. */
  body?: unknown;
  /** What was answered; absent while under way or cut off. */
  status?: number;
}

/** A string is looked for in `METHOD /path?query`, a pattern is tried on it. */
export type Match = string | RegExp | ((request: LoggedRequest) => boolean);

/**
 * What to do instead of answering: send this, `reset` the connection, `hang` until the client gives up, or `cut`
 * the body in the middle; `endless` sends an answer that never comes to its end. `lose` does what was asked, and resets
 * the connection instead of telling so; `instead` does it and answers this; `dawdle` does it at once and tells it most of
 * a second later.
 */
export type Fault =
  | Answer
  | 'reset'
  | 'hang'
  | 'cut'
  | 'endless'
  | 'lose'
  | 'dawdle'
  | { readonly instead: Answer };

/** What passes through a server: a log, a delay, and faults to be injected. */
export interface Traffic {
  readonly requests: LoggedRequest[];
  /** Milliseconds that each answer is held back. */
  latencyMs: number;
  /** Answers the next `times` (1 by default) requests that match with a fault; the first fault that matches wins. */
  readonly fail: (match: Match, fault: Fault, times?: number) => void;
  /** Forgets the faults that have not happened yet. */
  readonly heal: () => void;
  /** Logs and delays a request; null when a fault stands for the answer. */
  readonly admit: (request: IncomingMessage, response: ServerResponse) => Promise<LoggedRequest | null>;
}

interface Injected {
  readonly match: Match;
  readonly fault: Fault;
  left: number;
}

export function watchTraffic(latencyMs = 0): Traffic {
  const injected: Injected[] = [];
  const traffic: Traffic = {
    requests: [],
    latencyMs,
    fail: (match, fault, times = 1) => injected.push({ match, fault, left: times }),
    heal: () => void injected.splice(0),
    admit: async (request, response) => {
      const logged = logRequest(request);
      traffic.requests.push(logged);
      response.once('finish', () => {
        logged.status = response.statusCode;
      });
      if (traffic.latencyMs > 0) await wait(traffic.latencyMs);
      const found = injected.find(({ match, left }) => left > 0 && matches(match, logged));
      if (found === undefined) return logged;
      found.left -= 1;
      inject(found.fault, response);
      return doesIt(found.fault) ? logged : null;
    },
  };
  return traffic;
}

function logRequest(request: IncomingMessage): LoggedRequest {
  return {
    method: request.method ?? '',
    path: request.url ?? '',
    headers: request.headers,
    authorization: authorization(request).kind,
    header: (request.headersDistinct.authorization ?? []).join(', '),
  };
}

function matches(match: Match, request: LoggedRequest): boolean {
  if (typeof match === 'function') return match(request);
  const line = `${request.method} ${request.path}`;
  return typeof match === 'string' ? line.includes(match) : new RegExp(match.source, match.flags).test(line);
}

/** Whether what was asked is done all the same. */
function doesIt(fault: Fault): boolean {
  return fault === 'lose' || fault === 'dawdle' || isInstead(fault);
}

function isInstead(fault: Fault): fault is { readonly instead: Answer } {
  return typeof fault === 'object' && 'instead' in fault;
}

function inject(fault: Fault, response: ServerResponse): void {
  if (fault === 'hang') return;
  if (fault === 'reset') {
    response.socket?.resetAndDestroy();
  } else if (fault === 'lose') {
    replaceEnd(response, () => response.socket?.resetAndDestroy());
  } else if (isInstead(fault)) {
    replaceEnd(response, () => send(response, fault.instead));
  } else if (fault === 'dawdle') {
    replaceEnd(response, (end) => setTimeout(end, 700));
  } else if (fault === 'endless') {
    response.writeHead(200, { 'content-type': 'application/json' });
    const dripping = setInterval(() => response.write(' '), 50);
    response.once('close', () => clearInterval(dripping));
  } else if (fault === 'cut') {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': 1000 });
    response.write('{"half":', () => response.destroy());
  } else {
    send(response, fault);
  }
}

/** Lets the next attempt to end a response do something else; `end` goes through with it. */
function replaceEnd(response: ServerResponse, act: (end: () => void) => void): void {
  const { end } = response;
  response.end = (...last: never[]) => {
    response.end = end;
    act(() => void end.bind(response)(...last));
    return response;
  };
}
