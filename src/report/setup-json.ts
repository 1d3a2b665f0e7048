import type { SelectionRow } from '../core/session/served-rows.ts';
import { timestamp } from './timestamp.ts';

/** Which credential serves each target, for programs; without secrets. */
export function selectionJson(rows: readonly SelectionRow[]) {
  return rows.map(({ target, credential, expiresAt }) => ({
    target,
    credential,
    'expires-at': expiresAt instanceof Date ? timestamp(expiresAt) : null,
  }));
}

/** What `setup --format json` prints (design section 6). */
export function setupJson(done: {
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly rows: readonly SelectionRow[];
  readonly expiresAt: Date | null;
}) {
  return {
    version: 1,
    session: done.folder,
    environment: done.environment,
    selection: selectionJson(done.rows),
    'expires-at': done.expiresAt === null ? null : timestamp(done.expiresAt),
  };
}
