import type { Fault } from './fault.ts';
import { findPem, type Pem, pemText, straightened } from './pem.ts';
import { Secret } from './secret.ts';

/**
 * A GitHub App's private key, repaired, as PEM. What is something else is refused by its name: a public key, a
 * certificate, a client secret, an ssh key, a key with a passphrase, half a key.
 */
export function readPrivateKey(key: Secret): Secret | Fault {
  const text = key.reveal();
  const pem = findPem(text);
  if (pem === null) return notPem(straightened(text));
  const fault = wrongKind(pem) ?? damage(pem);
  return fault ?? new Secret(pemText(pem));
}

const kinds: readonly { readonly label: RegExp; readonly what: string }[] = [
  { label: /PUBLIC KEY$/, what: 'a public key' },
  { label: /CERTIFICATE/, what: 'a certificate' },
  { label: /^OPENSSH PRIVATE KEY$/, what: 'an ssh key' },
  { label: /^ENCRYPTED PRIVATE KEY$/, what: 'a key with a passphrase' },
  { label: /^(?:EC|DSA) PRIVATE KEY$/, what: 'not an RSA key' },
];

function wrongKind({ label, headers }: Pem): Fault | null {
  if (/ENCRYPTED/.test(headers)) return refused('a key with a passphrase');
  const known = kinds.find((kind) => kind.label.test(label));
  if (known !== undefined) return refused(known.what);
  return /^(?:RSA )?PRIVATE KEY$/.test(label) ? null : refused('not a private key');
}

/** The DER inside tells its own length, and in PKCS#8 the kind of key. */
function damage({ label, body }: Pem): Fault | null {
  const der = Buffer.from(body, 'base64');
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(body) || sequenceLength(der) !== der.length) return broken;
  // 1.2.840.113549.1.1.1, rsaEncryption
  const rsa = Buffer.from('2a864886f70d010101', 'hex');
  return label === 'PRIVATE KEY' && !der.subarray(0, 40).includes(rsa) ? refused('not an RSA key') : null;
}

/** The length in bytes that an ASN.1 sequence says it has; null when it is none, or is far longer than a key. */
function sequenceLength(der: Buffer): number | null {
  if (der.length < 4 || der[0] !== 0x30) return null;
  const short = der.readUInt8(1);
  if (short < 0x80) return 2 + short;
  if (short === 0x81) return 3 + der.readUInt8(2);
  return short === 0x82 ? 4 + der.readUInt16BE(2) : null;
}

const others: readonly { readonly form: RegExp; readonly what: string }[] = [
  { form: /^(?:ssh-|ecdsa-|sk-)\S+ AAAA/, what: 'a public ssh key' },
  { form: /^[0-9a-f]{40}$/, what: 'a client secret' },
  { form: /^SHA256:/, what: 'the fingerprint of a key' },
  { form: /^gh[a-z]_|^github_pat_/, what: 'a token' },
  { form: /^(?:Iv\w+\.?\w*|\d+)$/, what: 'an id of the App' },
];

function notPem(text: string): Fault {
  if (/-----(?:BEGIN|END) /.test(text)) return broken;
  return refused(others.find(({ form }) => form.test(text))?.what ?? 'no PEM');
}

const hint =
  'Give the whole .pem file that the App\'s settings page gave out ("Generate a private key"), from -----BEGIN RSA PRIVATE KEY----- to -----END RSA PRIVATE KEY-----.';

function refused(what: string): Fault {
  return { code: 'private-key-kind', message: `This is ${what}, where the App's private key belongs.`, hint };
}

const broken: Fault = {
  code: 'private-key-broken',
  message: 'The private key is cut off or damaged.',
  hint,
};
