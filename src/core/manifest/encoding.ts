import type { Fault } from '../fault.ts';

/** In bytes, as it is given: ten thousand credentials are about one and a half million, and a second's work. */
export const largestManifest = 4 * 1024 * 1024;

/**
 * The manifest's text: as given, or decoded when the whole of it is base64, which stores that mask only
 * single-line values need. White space between base64 lines and a byte order mark do not count.
 */
export function manifestText(given: string): string | Fault {
  if (given.length > largestManifest) return tooLarge;
  const text = decoded(given) ?? given;
  if (text.trim() === '') return empty;
  return text.includes('\0') ? notUtf8 : text.replace(/^\ufeff/, '');
}

// A manifest has a colon, base64 has none: the two cannot be confused.
function decoded(given: string): string | null {
  if (!/^[A-Za-z0-9+/_-]+={0,2}$/.test(given.replace(/\s+/g, ''))) return null;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(given, 'base64'));
  } catch {
    return null;
  }
}

const tooLarge: Fault = {
  code: 'manifest-large',
  message: 'The manifest has more than 4 MiB.',
  hint: 'Check that it is the right text; several smaller manifests may be given.',
};

const empty: Fault = {
  code: 'manifest-empty',
  message: 'The manifest is empty.',
  hint: 'Write at least `version: 1` and one entry under `credentials`. Secrets are empty for forks and on branches they are not meant for.',
};
const notUtf8: Fault = {
  code: 'manifest-encoding',
  message: 'The manifest is not UTF-8: it looks like UTF-16.',
  hint: 'Save the file as UTF-8, then encode it as base64 if needed.',
};
