import { generateKeyPairSync } from 'node:crypto';
import type { SecretShelf, State } from './state.ts';

/** The secrets kept under a key, with a key pair of its own that is made when first asked for. */
export function shelfOf(state: State, place: string): SecretShelf {
  const key = place.toLowerCase();
  const known = state.shelves.get(key);
  if (known !== undefined) return known;
  const pair = generateKeyPairSync('x25519').privateKey.export({ format: 'jwk' });
  const shelf: SecretShelf = {
    keyId: String(state.nextId()),
    publicKey: Buffer.from(pair.x ?? '', 'base64url').toString('base64'),
    privateKey: Buffer.from(pair.d ?? '', 'base64url').toString('base64'),
    secrets: new Map(),
  };
  state.shelves.set(key, shelf);
  return shelf;
}
