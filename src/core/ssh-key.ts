import type { Fault } from './fault.ts';
import { Secret } from './secret.ts';

/**
 * An ssh private key as ssh reads it: line ends repaired, one at the end (ssh refuses a key without). A fault names the
 * mistake: a public key, PuTTY's format, a passphrase that nobody is there to type.
 */
export function readSshKey(key: Secret): Secret | Fault {
  const text = key.reveal().replace(/\r\n?/g, '\n').trim();
  if (/^(?:ssh-|ecdsa-|sk-)\S+ AAAA/.test(text) || text.startsWith('---- BEGIN SSH2 PUBLIC'))
    return publicKey;
  if (text.startsWith('PuTTY-User-Key-File')) return puttyKey;
  const [, kind, body] =
    /^-----BEGIN ([A-Z0-9 ]*PRIVATE KEY)-----\n([\s\S]+)\n-----END \1-----$/.exec(text) ?? [];
  if (kind === undefined || body === undefined || body.includes('-----')) return noKey;
  const encrypted = kind.startsWith('ENCRYPTED') || /^Proc-Type: 4,ENCRYPTED$/m.test(body);
  if (encrypted || (kind.startsWith('OPENSSH') && hasPassphrase(body))) return locked;
  return new Secret(`${text}\n`);
}

/** OpenSSH's own format names its cipher behind a magic word: https://github.com/openssh/openssh-portable PROTOCOL.key */
function hasPassphrase(body: string): boolean {
  const magic = 'openssh-key-v1\0';
  const blob = Buffer.from(body, 'base64');
  if (blob.subarray(0, magic.length).toString('latin1') !== magic || blob.length < magic.length + 8)
    return false;
  const cipher = blob.subarray(magic.length + 4, magic.length + 4 + blob.readUInt32BE(magic.length));
  return cipher.toString('latin1') !== 'none';
}

const noKey: Fault = {
  code: 'ssh-key-form',
  message: '`ssh-key` is not a private key in PEM or OpenSSH form',
  hint: 'give the whole file that `ssh-keygen` wrote, from -----BEGIN to -----END',
};
const publicKey: Fault = {
  code: 'ssh-key-public',
  message: '`ssh-key` is a public key',
  hint: 'give the private one, the file without `.pub`; the public one belongs to the host, as a deploy key',
};
const puttyKey: Fault = {
  code: 'ssh-key-putty',
  message: '`ssh-key` is in the form of PuTTY',
  hint: 'export it as an OpenSSH key: `puttygen KEY.ppk -O private-openssh -o KEY`',
};
const locked: Fault = {
  code: 'ssh-key-locked',
  message: '`ssh-key` is locked by a passphrase, which nobody is there to type',
  hint: 'make a key for this job alone, without passphrase: `ssh-keygen -t ed25519 -N "" -f KEY`',
};
