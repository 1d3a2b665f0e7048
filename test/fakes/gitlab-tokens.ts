import { randomBytes } from 'node:crypto';
import type { Answer } from '../../src/demo/answer.ts';
import { type FakeToken, insufficient, type Request, refused, type World } from './gitlab-world.ts';

export function deadline(caller: FakeToken, { now }: World): Answer | null {
  const ended = caller.expires_at !== null && new Date(caller.expires_at) <= now();
  if (!caller.revoked && !ended) return null;
  const description = caller.revoked
    ? 'Token was revoked. You have to re-authorize from the user.'
    : 'Token is expired. You can either do re-authorization or token refresh.';
  return { status: 401, body: { error: 'invalid_token', error_description: description } };
}

/** https://gitlab.com/gitlab-org/gitlab/-/issues/524639: the successors die too. */
export function reuse(caller: FakeToken, { tokens }: World): Answer {
  for (const one of tokens) if (one.family === caller.family) one.revoked = true;
  return refused(401, '401 Unauthorized');
}

export function own({ method, caller }: Request): Answer {
  if (method !== 'DELETE') return { status: 200, body: shown(caller) };
  caller.revoked = true;
  return { status: 204 };
}

function shown({ id, name, userId, scopes, expires_at, revoked }: FakeToken) {
  return {
    id,
    name,
    revoked,
    created_at: '2026-01-01T00:00:00Z',
    scopes,
    user_id: userId,
    active: !revoked,
    expires_at,
  };
}

export function rotateOwn({ caller, body }: Request, world: World): Answer {
  if (!caller.scopes.includes('api') && !caller.scopes.includes('self_rotate'))
    return insufficient('api self_rotate');
  return { status: 200, body: successor(caller, body, world) };
}

function successor(old: FakeToken, body: Request['body'], world: World) {
  old.revoked = true;
  const week = new Date(world.now().getTime() + 7 * 86_400_000).toISOString().slice(0, 10);
  const expires = typeof body.expires_at === 'string' ? body.expires_at : week;
  const { id: _id, ...rest } = old;
  const made = world.add({
    ...rest,
    token: `canary-rotated-${randomBytes(12).toString('hex')}`,
    expires_at: expires,
    revoked: false,
  });
  return { ...shown(made), token: made.token };
}

export interface TokenPath {
  readonly place: string | null;
  readonly id: number | null;
  readonly rotate: boolean;
}

/** Tokens of a project or group for who manages it, personal ones for their user. */
export function tokensOf(
  { place, id, rotate }: TokenPath,
  { caller, url, body }: Request,
  world: World,
): Answer {
  if (!caller.scopes.includes('api')) return insufficient('api');
  const bot = place === null ? null : new RegExp(`^(?:project|group)_${place}_bot_`);
  if (place !== null && !caller.manages.includes(place)) return refused(404, '404 Project Not Found');
  const mine = world.tokens.filter((one) =>
    bot === null ? one.userId === caller.userId : bot.test(one.username),
  );
  if (id !== null) {
    const found = mine.find((one) => one.id === id);
    if (found === undefined) return refused(404, '404 Not Found');
    if (rotate && found.revoked) return refused(400, 'Token already revoked');
    return { status: 200, body: rotate ? successor(found, body, world) : shown(found) };
  }
  const active = url.searchParams.get('state') === 'active' ? mine.filter(({ revoked }) => !revoked) : mine;
  return { status: 200, body: active.map(shown) };
}
