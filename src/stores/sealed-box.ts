// https://docs.github.com/rest/guides/encrypting-secrets-for-the-rest-api
import { createPublicKey, diffieHellman, generateKeyPairSync } from 'node:crypto';
import { hsalsa, xsalsa20poly1305 } from '@noble/ciphers/salsa.js';
import { blake2b } from '@noble/hashes/blake2.js';

const spki = Buffer.from('302a300506032b656e032100', 'hex');

/**
 * Libsodium's sealed box: only the owner of the public key (32 bytes) can open it, and nobody learns who sealed it.
 * X25519 with a key pair for this once, its secret through HSalsa20, then XSalsa20-Poly1305 with a nonce from both
 * public keys. https://doc.libsodium.org/public-key_cryptography/sealed_boxes
 */
export function sealedBox(message: Uint8Array, recipient: Uint8Array): Uint8Array {
  const pair = generateKeyPairSync('x25519');
  const own = rawKey(pair.publicKey.export({ type: 'spki', format: 'der' }));
  const publicKey = createPublicKey({ key: Buffer.concat([spki, recipient]), format: 'der', type: 'spki' });
  const shared = diffieHellman({ privateKey: pair.privateKey, publicKey });
  const nonce = blake2b(Buffer.concat([own, recipient]), { dkLen: 24 });
  const sealed = xsalsa20poly1305(boxKey(shared), nonce).encrypt(message);
  return Buffer.concat([own, sealed]);
}

function rawKey(der: Buffer): Uint8Array {
  return der.subarray(spki.length);
}

/** NaCl's crypto_box_beforenm: HSalsa20 of the shared secret with a nonce of zeros. */
function boxKey(shared: Uint8Array): Uint8Array {
  const key = new Uint32Array(8);
  hsalsa(words('expand 32-byte k'), words(shared), new Uint32Array(4), key);
  return new Uint8Array(key.buffer);
}

function words(bytes: Uint8Array | string): Uint32Array {
  const copy = new Uint8Array(Buffer.from(bytes as string));
  return new Uint32Array(copy.buffer);
}
