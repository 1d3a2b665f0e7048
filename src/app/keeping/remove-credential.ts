import { withoutCredential } from '../../core/manifest/edit/credential.ts';
import type { Manifest } from '../../core/manifest/manifest.ts';
import { targetText } from '../../core/target/target-text.ts';
import { selectReadable } from '../setup/selected.ts';
import type { KeepingContext } from './context.ts';
import { findEntry } from './edit-credential.ts';
import { checkEdited, editedText, openManifest, saveManifest } from './manifest-file.ts';

/** A target that a credential serves now. */
export interface Bereft {
  readonly target: string;
  readonly kind: 'repository' | 'registry';
  /** Who would serve it then; null for nobody. */
  readonly heir: string | null;
  /** Why that one, or why nobody: a part of a sentence. */
  readonly reason: string;
}

export interface Removal {
  readonly path: string;
  readonly bereft: readonly Bereft[];
  /** Takes the credential out; its secret stays wherever it is kept. */
  readonly remove: () => void;
}

/**
 * What taking a credential out would mean; nothing is changed yet.
 * @throws Failure `usage` for an unknown name, `manifest-invalid` when the rest would not be valid (a target pinned to it).
 */
export async function planRemoval(
  { manifest: given, name }: { manifest: string | null; name: string },
  context: KeepingContext,
): Promise<Removal> {
  const file = await openManifest(given, context, { mayMake: false });
  findEntry(file, name);
  const text = editedText(withoutCredential(file.source.text, name));
  const before = checkEdited(file, file.source.text);
  const after = checkEdited(file, text);
  const bereft =
    before === null || after === null ? [] : compare(before, after, { name, now: context.now() });
  return { path: file.path, bereft, remove: () => void saveManifest(file, text) };
}

function compare(
  before: Manifest,
  after: Manifest,
  { name, now }: { name: string; now: Date },
): readonly Bereft[] {
  const removed = before.credentials.find((one) => one.name.toLowerCase() === name.toLowerCase());
  const found = (removed?.environments ?? [null]).flatMap((environment) => {
    const select = (manifest: Manifest) =>
      selectReadable({ manifest, repositories: null, registries: null, credentials: null, environment }, now)
        .selections;
    const then = select(after);
    return select(before).flatMap(({ target, credential }, index): Bereft[] => {
      if (credential?.name !== removed?.name) return [];
      const { credential: heir = null, reason = '' } = then[index] ?? {};
      return [{ target: targetText(target), kind: target.kind, heir: heir?.name ?? null, reason }];
    });
  });
  return [...new Map(found.map((one) => [`${one.target} ${one.heir}`, one])).values()];
}
