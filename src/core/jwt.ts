import { fromEpoch } from './epoch.ts';
import { type JsonObject, parseObject } from './json.ts';
import type { Secret } from './secret.ts';

const form = /^(?:Bearer )?[\w-]+\.([\w-]+)\.[\w-]+$/;

/** Whether a secret has the form of a JSON Web Token, as Entra's access tokens do. */
export function isJwt(secret: Secret): boolean {
  return secret.reveal().startsWith('eyJ') && form.test(secret.reveal());
}

/**
 * What a JSON Web Token says of itself, also in the value of an `Authorization` header; empty when it is none. Unchecked:
 * only its host can check it. https://www.rfc-editor.org/rfc/rfc7519
 */
export function jwtClaims(secret: Secret): JsonObject {
  const [, payload = ''] = form.exec(secret.reveal()) ?? [];
  return parseObject(Buffer.from(payload, 'base64url').toString()) ?? {};
}

/** When a JSON Web Token says that it ends; null when it does not. */
export function endOfJwt(secret: Secret): Date | null {
  return fromEpoch(jwtClaims(secret).exp);
}
