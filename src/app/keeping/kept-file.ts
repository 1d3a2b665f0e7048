import { Failure } from '../../core/failure.ts';
import type { Secret } from '../../core/secret.ts';
import { writePrivateFile } from '../../system/private-file.ts';

/** Puts a secret into the file that a person wants it in. @throws Failure `command-failed`: the file is as it was. */
export function writeKeptFile(path: string, secret: Secret): void {
  try {
    writePrivateFile(path, secret);
  } catch (error) {
    throw new Failure('command-failed', `The file ${path} cannot be written.`, {
      hint: 'Check its owner and mode, and the room on the disk. It is as it was.',
      cause: error,
    });
  }
}
