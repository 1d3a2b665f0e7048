/** A block of PEM taken apart. */
export interface Pem {
  /** `RSA PRIVATE KEY` */
  readonly label: string;
  /** Base64 on one line. */
  readonly body: string;
  /** `Proc-Type: 4,ENCRYPTED` and the like, as keys of old OpenSSL have them. */
  readonly headers: string;
}

/**
 * Finds the first block of PEM in a text that stores, variables and people have bent: `\n` written out, CRLF, spaces or
 * nothing for line breaks, indentation, quotes around it, base64 of the whole. Null when there is no whole block.
 */
export function findPem(text: string): Pem | null {
  const straight = straightened(text);
  const [, label, inside] = /-----BEGIN ([A-Z0-9 ]+)-----([\s\S]*?)-----END \1-----/.exec(straight) ?? [];
  if (label === undefined || inside === undefined) return null;
  // A header ends at an empty line; where line breaks are gone, what follows its last comma or word is base64 again.
  const [, headers = '', body = ''] = /^((?:\s*[A-Za-z-]+: [^\n]*\n)*)([\s\S]*)$/.exec(inside) ?? [];
  return { label, body: body.replace(/\s+/g, ''), headers: headers.trim() };
}

/** The block as programs expect it: lines of 64 characters, and one line break at the end. */
export function pemText({ label, body, headers }: Pem): string {
  const head = headers === '' ? [] : [headers, ''];
  return [
    `-----BEGIN ${label}-----`,
    ...head,
    ...(body.match(/.{1,64}/g) ?? []),
    `-----END ${label}-----`,
    '',
  ].join('\n');
}

/** The text with its line breaks back, out of quotes and out of base64. */
export function straightened(text: string): string {
  const bare = text
    .replace(/^\ufeff/, '')
    .trim()
    .replace(/^(["'])([\s\S]*)\1$/, '$2');
  const plain = /-----BEGIN /.test(bare) ? bare : (fromBase64(bare) ?? bare);
  return plain.replace(/(?:\\+r)?\\+n/g, '\n').replace(/\r\n?/g, '\n');
}

function fromBase64(text: string): string | null {
  const compact = text.replace(/\s+/g, '');
  if (!/^[A-Za-z0-9+/_-]+={0,2}$/.test(compact)) return null;
  const decoded = Buffer.from(compact, 'base64').toString('utf8');
  return decoded.includes('-----BEGIN ') ? decoded : null;
}
