import type { IncomingMessage } from 'node:http';
import { type Answer, jsonObject, readBody } from '../answer.ts';
import { authorization } from '../authorization.ts';
import type { LoggedRequest } from '../traffic.ts';
import { appRoutes } from './api-app.ts';
import { answerGraphql } from './api-graphql.ts';
import { issueRoutes } from './api-issues.ts';
import { manifestRoutes } from './api-manifest.ts';
import { type ApiRequest, error, type Route } from './api-request.ts';
import { secretRoutes } from './api-secrets.ts';
import { userRoutes } from './api-user.ts';
import { callerOf } from './caller.ts';
import type { State } from './state.ts';

const prefix = '/api/v3';
const routes: readonly Route[] = [
  ...appRoutes,
  ...issueRoutes,
  ...manifestRoutes,
  ...secretRoutes,
  ...userRoutes,
];

/** Answers a request to the REST API as GitHub Enterprise Server does; null when it is not one. */
export async function answerApi(
  state: State,
  origin: string,
  arrived: { request: IncomingMessage; logged: LoggedRequest },
): Promise<Answer | null> {
  const { request, logged } = arrived;
  const url = new URL(request.url ?? '/', origin);
  const isGraphql = url.pathname === '/api/graphql';
  if (!isGraphql && url.pathname !== prefix && !url.pathname.startsWith(`${prefix}/`)) return null;
  if (request.headers['user-agent'] === undefined) {
    return { status: 403, body: 'Request forbidden by administrative rules. User-Agent is missing.\n' };
  }
  const body = jsonObject(await readBody(request));
  logged.body = body;
  const caller = callerOf(state, authorization(request));
  if (caller.kind === 'refused') return error(caller.status, caller.message);
  if (body === null) return error(400, 'Problems parsing JSON');
  if (isGraphql) return answerGraphql(caller);
  const path = url.pathname.slice(prefix.length) || '/';
  const found = match(request.method ?? '', path);
  if (found === null) return error(404, 'Not Found');
  const asked: ApiRequest = {
    state,
    origin,
    caller,
    params: found.params,
    query: url.searchParams,
    body,
    path,
  };
  return found.route.answer(asked);
}

function match(method: string, path: string): { route: Route; params: ApiRequest['params'] } | null {
  const segments = path
    .split('/')
    .filter((segment) => segment !== '')
    .map(decodeURIComponent);
  for (const route of routes) {
    const pattern = route.path.split('/').filter((segment) => segment !== '');
    if (route.method !== method || pattern.length !== segments.length) continue;
    if (!pattern.every((part, index) => part.startsWith(':') || part === segments[index])) continue;
    const params = pattern.flatMap((part, index) => (part.startsWith(':') ? [segments[index] ?? ''] : []));
    return { route, params };
  }
  return null;
}
