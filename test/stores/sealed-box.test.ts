import { expect, test } from 'vitest';
import { sealedBox } from '../../src/stores/sealed-box.ts';
import { openSealed, sodium } from './open-sealed.ts';

test.each(['canary-0123456789', '', 'ü€', 'x'.repeat(48 * 1024)])(
  'libsodium opens what is sealed',
  async (text) => {
    const { crypto_box_keypair } = await sodium();
    const { publicKey, privateKey } = crypto_box_keypair();
    const sealed = sealedBox(Buffer.from(text), publicKey);
    expect(sealed.length).toBe(Buffer.byteLength(text) + 48);
    expect(await openSealed(sealed, { publicKey, privateKey })).toBe(text);
  },
);

test('nobody else opens it, and no two are the same', async () => {
  const { crypto_box_keypair } = await sodium();
  const [own, other] = [crypto_box_keypair(), crypto_box_keypair()];
  const sealed = sealedBox(Buffer.from('canary'), own.publicKey);
  await expect(openSealed(sealed, other)).rejects.toThrow();
  expect(Buffer.from(sealedBox(Buffer.from('canary'), own.publicKey)).equals(sealed)).toBe(false);
});
