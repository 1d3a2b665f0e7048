import type { Credential } from '../manifest/manifest.ts';
import type { Target } from '../target/target.ts';

/** Whether a credential's own limits leave the target within its reach: an App may be limited to repositories. */
export function reaches({ signIn }: Credential, target: Target): boolean {
  if (signIn.kind !== 'app' || target.kind === 'registry' || signIn.repositories === 'all') return true;
  if (target.wildcard) return false;
  const name = target.location.segments.at(-1)?.toLowerCase();
  return (
    signIn.repositories === 'listed' || signIn.repositories.some((listed) => lastSegment(listed) === name)
  );
}

/** Whether `reaches` may say no: most credentials reach all that is below their base URL. */
export function isLimited({ signIn }: Credential): boolean {
  return signIn.kind === 'app' && signIn.repositories !== 'all';
}

function lastSegment(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1).toLowerCase();
}
