import type { Manifest } from './manifest.ts';
import { isReference } from './reference.ts';

/** The variables that a manifest's `{env}` and `{file: {env}}` name. */
export function environmentNames({ credentials }: Pick<Manifest, 'credentials'>): ReadonlySet<string> {
  const references = credentials.flatMap(({ signIn }) => Object.values(signIn).filter(isReference));
  return new Set(
    references.flatMap((reference) =>
      reference.from === 'env' || reference.from === 'file-env' ? [reference.name] : [],
    ),
  );
}
