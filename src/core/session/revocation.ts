import { isObject } from '../json.ts';
import { Secret } from '../secret.ts';

/** A token that is to be revoked when the session ends. */
export interface Revocation {
  /** Base URL of the API that minted it, without a trailing slash. */
  readonly api: string;
  readonly token: Secret;
}

export function renderRevocations(revocations: readonly Revocation[]): Secret {
  return new Secret(JSON.stringify(revocations.map(({ api, token }) => ({ api, token: token.reveal() }))));
}

/** What is to be revoked; nothing when the text is none of ours. */
export function parseRevocations(text: string): readonly Revocation[] {
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) ? list.flatMap(revocation) : [];
  } catch {
    return [];
  }
}

function revocation(value: unknown): readonly Revocation[] {
  if (!isObject(value) || typeof value.api !== 'string' || typeof value.token !== 'string') return [];
  return [{ api: value.api, token: new Secret(value.token) }];
}
