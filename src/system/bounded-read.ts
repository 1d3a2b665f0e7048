import { readSync } from 'node:fs';
import type { Fault } from '../core/fault.ts';

/** All of an open file as UTF-8 text, up to a number of bytes. Messages of faults go on after the file's name. */
export function readBounded(file: number, most: number): string | Fault {
  const chunks: Buffer[] = [];
  for (let length = 0; ; ) {
    const chunk = Buffer.alloc(64 * 1024);
    const read = readSync(file, chunk, 0, chunk.length, null);
    length += read;
    if (length > most) return tooLarge(most);
    if (read === 0) return decoded(Buffer.concat(chunks));
    chunks.push(chunk.subarray(0, read));
  }
}

function decoded(bytes: Buffer): string | Fault {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return notText;
  }
}

function tooLarge(most: number): Fault {
  return {
    code: 'file-large',
    message: `has more than ${most / 1024} KiB`,
    hint: 'Check that it is the right file.',
  };
}

const notText: Fault = {
  code: 'file-encoding',
  message: 'is not UTF-8 text',
  hint: 'Save it as UTF-8; convert binary keys to PEM.',
};

/** Faults of a file that could not be opened; their messages, too, go on after its name. */
export const missing: Fault = {
  code: 'file-missing',
  message: 'does not exist',
  hint: 'Check the path, and that the file is there in this job.',
};
export const unreadable: Fault = {
  code: 'file-unreadable',
  message: 'cannot be read',
  hint: 'Check its owner and mode, and those of its folders.',
};
