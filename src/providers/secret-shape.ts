import { Failure } from '../core/failure.ts';
import type { Credential } from '../core/manifest/manifest.ts';
import type { Secret } from '../core/secret.ts';

/** Whether a secret begins like one of these kinds: a hint only, since hosts change the shape of their tokens. */
export function looksLike(secret: Secret, ...beginnings: readonly string[]): boolean {
  const text = secret.reveal();
  return beginnings.some((beginning) => text.startsWith(beginning));
}

/** @throws Failure `refused` when a private key stands where a token or a password belongs: that cannot work anywhere. */
export function refusePrivateKey(secret: Secret, credential: Credential, hint: string): void {
  if (!looksLike(secret, '-----BEGIN')) return;
  throw new Failure('refused', `${credential.name}: a private key stands where a token belongs`, { hint });
}
