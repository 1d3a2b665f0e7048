import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../../core/failure.ts';
import { Secret } from '../../core/secret.ts';
import { writePrivateFile } from '../../system/private-file.ts';
import { type KeepingContext, stateFolder } from './context.ts';

/** Secrets that exist nowhere else, in a file of mode 0600 until they are kept. */
export interface Rescue {
  readonly path: string;
  /** They are kept: the file goes. */
  readonly done: () => void;
}

/**
 * Writes secrets that a host tells once where they survive whatever happens next.
 * @param name of the file, of harmless characters.
 * @throws Failure `session-failed` when the disk does not take them.
 */
export function rescue(
  name: string,
  secrets: Readonly<Record<string, Secret | null>>,
  context: KeepingContext,
): Rescue {
  const path = join(stateFolder(context.env), name);
  const texts = Object.entries(secrets).map(([key, value]) => [key, value?.reveal()]);
  const content = new Secret(`${JSON.stringify(Object.fromEntries(texts), null, 2)}\n`);
  intoState(path, () => writePrivateFile(path, content));
  return { path, done: () => forget(path, context) };
}

/** @throws Failure `session-failed` when the folder of what outlives this program cannot be written. */
export function intoState(path: string, write: () => void): void {
  try {
    write();
  } catch (error) {
    throw new Failure('session-failed', `The file ${path} cannot be written.`, {
      hint: 'Check HOME, XDG_STATE_HOME and the room on the disk.',
      cause: error,
    });
  }
}

/** Removes what is kept elsewhere by now. That it cannot be removed spoils nothing that was done: a person is told. */
export function forget(path: string, { voice }: KeepingContext): void {
  try {
    rmSync(path, { recursive: true, force: true });
  } catch {
    voice.warning(`The file ${path} cannot be removed, and may hold a secret: delete it.`);
  }
}

/** A failure after a secret came to life: it says where the secret is, and what else can be done. */
export function rescued(error: unknown, path: string, more = ''): Failure {
  const failure = error instanceof Failure ? error : null;
  return new Failure(
    failure?.code ?? 'session-failed',
    failure?.message ?? 'Something unexpected went wrong.',
    {
      hint: `${failure?.hint ?? ''} The new secret is in ${path}, readable by you alone: keep it, then delete the file. ${more}`.trim(),
      cause: error,
    },
  );
}
