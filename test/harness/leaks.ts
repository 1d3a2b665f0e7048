import { readdir, readFile, readlink } from 'node:fs/promises';
import { join } from 'node:path';

/** A secret seen where it should not be. */
export interface Leak {
  /** A file's path, or the name the text was given under. */
  readonly place: string;
  /** What of it: `itself`, `line`, `base64`, `url-encoded`, `json-escaped` or `basic`. */
  readonly form: string;
  /** Index in the secrets that were looked for, so that no message repeats the secret. */
  readonly secret: number;
}

/** Texts to search by name, or a folder: all files, links, and names below it. */
export type Haystack = string | Readonly<Record<string, string>>;

/** Texts under this length are found everywhere and mean nothing. */
const shortest = 4;

/** Every place in which a secret stands, plain or in one of the forms that can be turned back by hand. */
export async function findSecrets(haystack: Haystack, secrets: readonly string[]): Promise<Leak[]> {
  const texts = typeof haystack === 'string' ? await readFolder(haystack) : Object.entries(haystack);
  const needles = secrets.flatMap((secret, index) =>
    formsOf(secret).map((form) => ({ ...form, secret: index })),
  );
  return texts.flatMap(([place, text]) => {
    const basics = basicLogins(text);
    return needles
      .filter(({ needle }) => text.includes(needle) || basics.some((login) => login.includes(needle)))
      .map(({ needle, form, secret }) => ({ place, form: text.includes(needle) ? form : 'basic', secret }));
  });
}

interface Needle {
  readonly form: string;
  readonly needle: string;
}

function formsOf(secret: string): Needle[] {
  const lines = secret.split(/\r?\n/).map((line) => line.trim());
  const all: Needle[] = [
    { form: 'itself', needle: secret },
    ...(lines.length > 1 ? lines.map((needle) => ({ form: 'line', needle })) : []),
    ...base64Cores(secret).map((needle) => ({ form: 'base64', needle })),
    { form: 'url-encoded', needle: encodeURIComponent(secret) },
    { form: 'url-encoded', needle: new URLSearchParams({ s: secret }).toString().slice(2) },
    { form: 'json-escaped', needle: JSON.stringify(secret).slice(1, -1) },
  ];
  const seen = new Set<string>();
  return all.filter(({ needle }) => needle.length >= shortest && !seen.has(needle) && seen.add(needle));
}

/**
 * What base64 makes of a secret wherever it stands in the encoded text: one core per alignment to three bytes, without
 * the characters that its neighbours have a part in. Finds `user:secret` for every user.
 */
function base64Cores(secret: string): string[] {
  const bytes = Buffer.from(secret);
  return [0, 1, 2].flatMap((before) => {
    const padded = Buffer.concat([Buffer.alloc(before), bytes]);
    const start = Math.ceil((before * 8) / 6);
    const end = Math.floor((padded.length * 8) / 6);
    return ['base64' as const, 'base64url' as const].map((kind) => padded.toString(kind).slice(start, end));
  });
}

/** What `Basic` headers in a text say. */
function basicLogins(text: string): string[] {
  return [...text.matchAll(/\bbasic ([A-Za-z0-9+/]+=*)/gi)].map(([, encoded = '']) =>
    Buffer.from(encoded, 'base64').toString(),
  );
}

async function readFolder(folder: string): Promise<[string, string][]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const read = entries.map(async (entry): Promise<[string, string]> => {
    const path = join(entry.parentPath, entry.name);
    if (entry.isSymbolicLink()) return [path, `${path}\n${await readlink(path)}`];
    return [path, entry.isFile() ? `${path}\n${await readFile(path, 'utf8')}` : path];
  });
  return Promise.all(read);
}
