import { verify } from 'node:crypto';
import { type App, clock, type State } from './state.ts';

interface Refusal {
  readonly status: 401 | 404;
  readonly message: string;
}

const undecodable: Refusal = { status: 401, message: 'A JSON web token could not be decoded' };
const farExpiry = "'Expiration time' claim ('exp') is too far in the future";
const pastExpiry =
  "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires";
const badIssue =
  "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued";

export function looksLikeJwt(secret: string): boolean {
  return /^[\w-]+\.[\w-]+\.[\w-]*$/.test(secret);
}

/**
 * Verifies a GitHub App's JSON Web Token: RS256 by the App's key, issued not later than now, ending within ten
 * minutes, by the forge's clock. The messages are GitHub's, since clients tell clock skew by them.
 */
export function verifyAppJwt(state: State, jwt: string): { readonly app: App } | Refusal {
  const [header = '', payload = '', signature = ''] = jwt.split('.');
  const claims = decode(payload);
  if (decode(header)?.alg !== 'RS256' || claims === null) return undecodable;
  const app = state.apps.find(({ id, clientId }) => [String(id), clientId].includes(String(claims.iss)));
  if (app === undefined) return { status: 404, message: 'Integration not found' };
  const signed = Buffer.from(`${header}.${payload}`);
  if (!verify('RSA-SHA256', signed, app.publicKey, Buffer.from(signature, 'base64url'))) return undecodable;
  const message = timeProblem(claims, Math.floor(clock(state) / 1000));
  return message === null ? { app } : { status: 401, message };
}

function timeProblem({ iat, exp }: Record<string, unknown>, now: number): string | null {
  if (!Number.isInteger(exp) || Number(exp) <= now) return pastExpiry;
  if (Number(exp) > now + 600) return farExpiry;
  if (!Number.isInteger(iat) || Number(iat) > now) return badIssue;
  return null;
}

function decode(part: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString());
    return typeof value === 'object' && value !== null ? { ...value } : null;
  } catch {
    return null;
  }
}
