import { createSign } from 'node:crypto';
import type { App } from '../../src/demo/forge/state.ts';

export interface JwtClaims {
  readonly iss?: unknown;
  readonly iat?: unknown;
  readonly exp?: unknown;
}

/** A JSON Web Token as an App makes it, with any claim replaced; times in seconds since the epoch. */
export function appJwt(app: App, claims: JwtClaims = {}, key = app.privateKey): string {
  const now = Math.floor(Date.now() / 1000);
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const body = { iss: app.clientId, iat: now - 60, exp: now + 540, ...claims };
  const text = `${part({ alg: 'RS256', typ: 'JWT' })}.${part(body)}`;
  return `${text}.${createSign('RSA-SHA256').update(text).sign(key, 'base64url')}`;
}
