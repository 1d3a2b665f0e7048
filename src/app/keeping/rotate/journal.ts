import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { type JsonObject, parseObject } from '../../../core/json.ts';
import { Secret } from '../../../core/secret.ts';
import type { Remembered } from '../../../providers/gitlab-token/successor.ts';
import { addToPrivateFile, writePrivateFile } from '../../../system/private-file.ts';
import { readTextFile } from '../../../system/text-file.ts';
import { type KeepingContext, stateFolder } from '../context.ts';
import { forget, intoState } from '../rescue.ts';

/** A token that was about to be rotated, and what tells its secret from others without being it. */
export interface Asked {
  readonly old: Remembered;
  /** SHA-256 of the secret, in hexadecimal. */
  readonly digest: string;
}

/** A secret that maybe is nowhere else. */
export interface Got {
  readonly secret: Secret;
  /** When it ends; null for never. */
  readonly expires: string | null;
}

/** How far a rotation had come when it ended: the host was asked, the old secret may be dead; then the new one was here. */
export interface Progress extends Asked {
  readonly got: Got | null;
}

/** What a rotation writes down before and after the step that cannot be taken back, in a file of mode 0600. */
export interface Journal {
  readonly path: string;
  /** Null when the last rotation came to its end. */
  readonly last: Progress | null;
  /** @throws Failure `session-failed` when the disk does not take it, as the others do. */
  readonly asked: (old: Remembered, secret: Secret) => void;
  readonly got: (got: Got) => void;
  /** Whether a secret can be read there. */
  readonly holds: (secret: Secret) => boolean;
  /** The rotation came to its end, or never began: there is nothing to remember. */
  readonly end: () => void;
}

/** @param key of harmless characters, that tells this credential from others. */
export function openJournal(key: string, context: KeepingContext): Journal {
  const path = join(stateFolder(context.env), `rotate-${key}.json`);
  const read = () => progressIn(readTextFile(path) ?? '');
  let question = '';
  return {
    path,
    last: read(),
    asked: ({ id, name, userId }, secret) => {
      question = line({ id, name, userId, digest: digestOf(secret) });
      intoState(path, () => writePrivateFile(path, new Secret(question)));
    },
    got: ({ secret, expires }) => {
      const answer = line({ token: secret.reveal(), expires });
      intoState(path, () => {
        try {
          // In a new line, whatever became of the last one.
          addToPrivateFile(path, new Secret(`\n${answer}`));
        } catch {
          writePrivateFile(path, new Secret(question + answer));
        }
      });
    },
    holds: (secret) => read()?.got?.secret.reveal() === secret.reveal(),
    end: () => forget(path, context),
  };
}

/** Whether a journal is about the token that is this secret: it was, or it became it. */
export function isAbout({ digest, got }: Progress, secret: Secret): boolean {
  return digest === digestOf(secret) || got?.secret.reveal() === secret.reveal();
}

/** Tokens are long and random: nobody finds one by its digest. */
function digestOf(secret: Secret): string {
  return createHash('sha256').update(secret.reveal()).digest('hex');
}

function line(record: JsonObject): string {
  return `${JSON.stringify(record)}\n`;
}

/** One record in a line: what was asked, then what was got. A line that was cut off counts for nothing. */
function progressIn(text: string): Progress | null {
  const records = text
    .split('\n')
    .map(parseObject)
    .filter((one) => one !== null);
  const asked = records.find(({ id }) => typeof id === 'number');
  if (asked === undefined) return null;
  const { id, name, userId, digest } = asked;
  if (typeof id !== 'number' || typeof name !== 'string' || typeof userId !== 'number') return null;
  if (typeof digest !== 'string') return null;
  const token = records.findLast((one) => typeof one.token === 'string');
  return { old: { id, name, userId }, digest, got: token === undefined ? null : gotIn(token) };
}

function gotIn({ token, expires }: JsonObject): Got {
  return { secret: new Secret(String(token)), expires: typeof expires === 'string' ? expires : null };
}
