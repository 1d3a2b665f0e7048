import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { isObject, parseObject } from '../../../core/json.ts';
import { Secret } from '../../../core/secret.ts';
import type { Remembered } from '../../../providers/gitlab-token/successor.ts';
import { readTextFile } from '../../../system/text-file.ts';
import { type KeepingContext, stateFolder } from '../context.ts';
import { rescue } from '../rescue.ts';

/** How far a rotation had come when it ended. */
export type Progress =
  /** The host was asked, or was about to be: the old secret may be dead, the new one unknown. */
  | { readonly step: 'asked'; readonly old: Remembered }
  /** The new secret is here, and maybe nowhere else. */
  | {
      readonly step: 'got';
      readonly old: Remembered;
      readonly secret: Secret;
      readonly expires: string | null;
    };

/** What a rotation writes down before each step that cannot be taken back, in a file of mode 0600. */
export interface Journal {
  readonly path: string;
  /** Null when the last rotation came to its end. */
  readonly last: Progress | null;
  readonly write: (progress: Progress) => void;
  /** The rotation came to its end, or never began: there is nothing to remember. */
  readonly end: () => void;
}

/** @param key of harmless characters: host and credential. */
export function openJournal(key: string, context: KeepingContext): Journal {
  const name = `rotate-${key}.json`;
  const path = join(stateFolder(context.env), name);
  return {
    path,
    last: progressIn(readTextFile(path) ?? ''),
    write: (progress) => {
      const { id, name: tokenName, userId } = progress.old;
      const old = new Secret(JSON.stringify({ id, name: tokenName, userId }));
      const got = progress.step === 'got' ? progress : null;
      const expires = got?.expires ?? null;
      rescue(
        name,
        { old, token: got?.secret ?? null, expires: expires === null ? null : new Secret(expires) },
        context,
      );
    },
    end: () => rmSync(path, { recursive: true, force: true }),
  };
}

function progressIn(text: string): Progress | null {
  const found = parseObject(text);
  const old = typeof found?.old === 'string' ? parseObject(found.old) : null;
  if (found === null || old === null || !isObject(old)) return null;
  const { id, name, userId } = old;
  if (typeof id !== 'number' || typeof name !== 'string' || typeof userId !== 'number') return null;
  const remembered = { id, name, userId };
  if (typeof found.token !== 'string') return { step: 'asked', old: remembered };
  const expires = typeof found.expires === 'string' ? found.expires : null;
  return { step: 'got', old: remembered, secret: new Secret(found.token), expires };
}
