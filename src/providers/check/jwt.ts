import { fromEpoch } from '../../core/epoch.ts';
import type { Secret } from '../../core/secret.ts';

const form = /^eyJ[\w-]+\.([\w-]+)\.[\w-]+$/;

/** Whether a secret has the form of a JSON Web Token, as Entra's access tokens do. */
export function isJwt(secret: Secret): boolean {
  return form.test(secret.reveal());
}

/** When a JSON Web Token says that it ends; unchecked, since only its host can check it. Null when it says nothing. */
export function endOfJwt(secret: Secret): Date | null {
  const [, payload = ''] = form.exec(secret.reveal()) ?? [];
  try {
    const { exp } = JSON.parse(Buffer.from(payload, 'base64url').toString()) as { exp?: unknown };
    return fromEpoch(exp);
  } catch {
    return null;
  }
}
