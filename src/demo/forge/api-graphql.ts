import type { Answer } from '../answer.ts';
import { error } from './api-request.ts';
import type { Caller } from './caller.ts';

/** GraphQL's one question that we ask: whose token it is. https://docs.github.com/graphql/reference/queries#viewer */
export function answerGraphql(caller: Caller): Answer {
  const login = loginOf(caller);
  return login === null
    ? error(401, 'This endpoint requires you to be authenticated.')
    : { status: 200, body: { data: { viewer: { login } } } };
}

/** An App's tokens act as `SLUG[bot]`; null for who is nobody. */
export function loginOf(caller: Caller): string | null {
  if (caller.kind === 'token') return caller.token.user;
  return caller.kind === 'installation' ? `${caller.minted.installation.app.slug}[bot]` : null;
}
