import type { IncomingMessage } from 'node:http';
import { type Answer, readBody } from '../answer.ts';
import { authorization } from '../authorization.ts';
import {
  type Access,
  type AccessControl,
  allowedActions,
  findUser,
  issueRefreshToken,
  issueToken,
  type RegistryUser,
  tokenLifetime,
} from './access.ts';

const badLogin: Answer = {
  status: 401,
  body: { errors: [{ code: 'UNAUTHORIZED', message: 'incorrect username or password' }] },
};

/**
 * Answers a token request in either form: GET with Basic, or POST as in OAuth2. A valid login gets 200 with what it
 * may have of the scopes asked for, which can be nothing (distribution's token specification).
 */
export async function answerTokenRequest(control: AccessControl, request: IncomingMessage): Promise<Answer> {
  const query = new URL(request.url ?? '/', 'http://registry').searchParams;
  return request.method === 'POST'
    ? oauth(control, new URLSearchParams((await readBody(request)).toString()))
    : basic(control, request, query);
}

function basic(control: AccessControl, request: IncomingMessage, query: URLSearchParams): Answer {
  const signIn = authorization(request);
  if (signIn.kind !== 'none' && signIn.kind !== 'basic') return badLogin;
  const user = signIn.kind === 'none' ? null : findUser(control, signIn);
  if (user === undefined) return badLogin;
  const offline = query.get('offline_token') === 'true';
  return grant(control, user, { scopes: query.getAll('scope'), offline });
}

function oauth(control: AccessControl, form: URLSearchParams): Answer {
  const field = (name: string): string => form.get(name) ?? '';
  const user =
    field('grant_type') === 'refresh_token'
      ? control.refreshTokens.get(field('refresh_token'))
      : findUser(control, { username: field('username'), secret: field('password') });
  if (user === undefined) return badLogin;
  const scopes = field('scope').split(' ');
  return grant(control, user, { scopes, offline: field('access_type') === 'offline' });
}

function grant(
  control: AccessControl,
  user: RegistryUser | null,
  { scopes, offline }: { scopes: readonly string[]; offline: boolean },
): Answer {
  const access = scopes.flatMap(parseScope).map((wanted) => ({
    name: wanted.name,
    actions: allowedActions(control, user, wanted),
  }));
  const token = issueToken(control, access);
  const refresh = offline && user !== null ? { refresh_token: issueRefreshToken(control, user) } : {};
  const body = {
    token,
    access_token: token,
    expires_in: tokenLifetime,
    issued_at: new Date().toISOString(),
    scope: scopes.join(' '),
    ...refresh,
  };
  return { status: 200, body };
}

/** `repository:host:5000/team/app:pull,push`: the name may hold colons, the actions not. */
function parseScope(scope: string): Access[] {
  const [, name, actions] = /^repository(?:\([^)]*\))?:(.+):([a-z*,]+)$/.exec(scope) ?? [];
  return name === undefined || actions === undefined ? [] : [{ name, actions: actions.split(',') }];
}
