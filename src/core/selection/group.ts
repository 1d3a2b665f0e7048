import type { Credential } from '../manifest/manifest.ts';
import { isLimited } from './limits.ts';

/** Credentials that stand on one prefix and so compete. */
export interface Group {
  readonly members: Credential[];
  /** Whether some of them may not reach every target below the prefix. */
  hasLimits: boolean;
  /** What was decided about all of them, by access and time. */
  ranked: Map<string, Credential | null> | null;
}

export function newGroup(): Group {
  return { members: [], hasLimits: false, ranked: null };
}

/** Adds a credential; one that names a prefix twice stands there once. */
export function join(group: Group, credential: Credential): void {
  if (group.members.at(-1) === credential) return;
  group.members.push(credential);
  group.hasLimits ||= isLimited(credential);
}
