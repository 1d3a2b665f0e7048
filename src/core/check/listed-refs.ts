import type { Ref } from './advertisement.ts';

/** Reads what `git ls-remote --symref` prints: `ref: TARGET<TAB>HEAD`, `SHA<TAB>NAME`, `SHA<TAB>TAG^{}`. */
export function parseListedRefs(text: string): readonly Ref[] {
  const refs = new Map<string, Ref>();
  const targets = new Map<string, string>();
  for (const line of text.split('\n')) {
    const [, id = '', name = ''] = /^(ref: \S+|[\da-f]{40,64})\t(.+)$/.exec(line) ?? [];
    if (id.startsWith('ref: ')) targets.set(name, id.slice('ref: '.length));
    else if (name !== '') {
      const bare = name.replace(/\^\{\}$/, '');
      refs.set(bare, { name: bare, sha: id, target: targets.get(bare) ?? null });
    }
  }
  return [...refs.values()];
}
