import type { Plain } from '../../core/manifest/edit/plain.ts';
import { prose } from '../../core/prose.ts';
import type { KeepingContext } from './context.ts';
import { findEntry, presentValue } from './edit-credential.ts';
import { openManifest } from './manifest-file.ts';

/** The keys that people change; the others have flags. */
const asked = ['url', 'registry', 'username', 'access', 'expires', 'status'];

/** Asks for new values of the keys that a credential has; what is left blank stays. */
export async function askChanges(
  { manifest, name }: { manifest: string | null; name: string },
  context: KeepingContext,
): Promise<Readonly<Record<string, Plain>>> {
  const file = await openManifest(manifest, context, { mayMake: false });
  const entry = findEntry(file, name);
  const changes: Record<string, Plain> = {};
  for (const key of asked) {
    const present = presentValue(entry, key);
    if (present === '' && key !== 'expires') continue;
    const answer = await context.ask?.line(`${key} [${prose(present, []) || 'not said'}]: `);
    if (answer !== undefined && answer !== '' && answer !== present) changes[key] = answer;
  }
  return changes;
}
