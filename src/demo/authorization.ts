import type { IncomingMessage } from 'node:http';

/** How a request signed in. `several`: more than one header, which GitHub answers with 400. */
export type Authorization =
  | { readonly kind: 'none' }
  | { readonly kind: 'several' }
  | { readonly kind: 'malformed' }
  | { readonly kind: 'basic'; readonly username: string; readonly secret: string }
  | { readonly kind: 'bearer'; readonly secret: string }
  | { readonly kind: 'token'; readonly secret: string };

/** Reads the `Authorization` header, whose scheme is not case-sensitive. */
export function authorization(request: IncomingMessage): Authorization {
  const [value, ...more] = request.headersDistinct.authorization ?? [];
  if (value === undefined) return { kind: 'none' };
  if (more.length > 0) return { kind: 'several' };
  const [, scheme, rest] = /^([a-z]+) +(\S+)$/i.exec(value.trim()) ?? [];
  if (scheme === undefined || rest === undefined) return { kind: 'malformed' };
  const kind = scheme.toLowerCase();
  if (kind === 'basic') return basic(rest);
  return kind === 'bearer' || kind === 'token' ? { kind, secret: rest } : { kind: 'malformed' };
}

function basic(encoded: string): Authorization {
  const decoded = Buffer.from(encoded, 'base64').toString();
  const colon = decoded.indexOf(':');
  if (colon < 0) return { kind: 'malformed' };
  return { kind: 'basic', username: decoded.slice(0, colon), secret: decoded.slice(colon + 1) };
}
