import libsodium from 'libsodium-wrappers';
import type { SecretShelf } from '../../src/demo/forge/state.ts';

/** Libsodium itself, ready for use. */
export async function sodium(): Promise<typeof libsodium> {
  await libsodium.ready;
  return libsodium;
}

export async function openSealed(
  sealed: Uint8Array,
  { publicKey, privateKey }: { publicKey: Uint8Array; privateKey: Uint8Array },
): Promise<string> {
  const { crypto_box_seal_open } = await sodium();
  return Buffer.from(crypto_box_seal_open(sealed, publicKey, privateKey)).toString();
}

/** What a secret that the forge keeps says; null when it has none of that name. */
export async function openSecret(shelf: SecretShelf | undefined, name: string): Promise<string | null> {
  const found = shelf?.secrets.get(name);
  if (shelf === undefined || found === undefined) return null;
  const key = (text: string) => new Uint8Array(Buffer.from(text, 'base64'));
  return openSealed(key(found.sealed), {
    publicKey: key(shelf.publicKey),
    privateKey: key(shelf.privateKey),
  });
}
