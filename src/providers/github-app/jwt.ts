import { createSign } from 'node:crypto';
import type { Secret } from '../../core/secret.ts';

/** What auth-app takes in place of a key: signs for an App by a clock that is so many seconds ahead of ours. */
export type CreateJwt = (
  issuer: number | string,
  secondsAhead?: number,
) => Promise<{ readonly jwt: string; readonly expiresAt: string }>;

/** Milliseconds for which one JWT serves all requests; GitHub takes it for ten minutes. */
const reuse = 60_000;

/**
 * Signs the JWTs of one App, one for all requests of a minute: a signature costs more than a request.
 * `iat` is half a minute in the past, since clocks differ, and `exp` ten minutes later, the most there is:
 * https://docs.github.com/apps/creating-github-apps/authenticating-with-a-github-app/generating-a-json-web-token-jwt-for-a-github-app
 */
export function jwtSigner(privateKey: Secret, now: () => Date): CreateJwt {
  const signed = new Map<number, { readonly jwt: string; readonly expiresAt: string; readonly at: number }>();
  return async (issuer, secondsAhead = 0) => {
    const at = now().getTime();
    const known = signed.get(secondsAhead);
    if (known !== undefined && Math.abs(at - known.at) < reuse) return known;
    const iat = Math.floor(at / 1000) + secondsAhead - 30;
    const exp = iat + 600;
    const jwt = sign({ iat, exp, iss: issuer }, privateKey);
    const made = { jwt, expiresAt: new Date(exp * 1000).toISOString(), at };
    signed.set(secondsAhead, made);
    return made;
  };
}

function sign(claims: object, privateKey: Secret): string {
  const parts = [{ alg: 'RS256', typ: 'JWT' }, claims].map((part) => encoded(JSON.stringify(part)));
  const signature = createSign('RSA-SHA256').update(parts.join('.')).sign(privateKey.reveal());
  return [...parts, encoded(signature)].join('.');
}

function encoded(part: string | Buffer): string {
  return Buffer.from(part).toString('base64url');
}
