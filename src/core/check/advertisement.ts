import { pktLines } from './pkt-line.ts';

/** A branch, a tag or `HEAD`. */
export interface Ref {
  /** `refs/heads/main` */
  readonly name: string;
  /** The commit, also behind an annotated tag. */
  readonly sha: string;
  /** What a symbolic ref points to; null for others. */
  readonly target: string | null;
}

/** What a server says first. https://git-scm.com/docs/gitprotocol-http */
export interface Advertisement {
  readonly version: 0 | 2;
  /** Of version 2: `ls-refs=unborn`, `fetch=shallow wait-for-done filter`. */
  readonly capabilities: readonly string[];
  /** All refs in version 0, none in version 2, which is asked for them. */
  readonly refs: readonly Ref[];
}

const sha = /^[\da-f]{40}(?:[\da-f]{24})?$/;

/** Reads the answer to `info/refs`, as `latin1` text. Null when it is not git. */
export function parseAdvertisement(text: string): Advertisement | null {
  const lines = pktLines(text).filter((line) => !line.startsWith('# service='));
  const [first, ...more] = lines;
  if (first === undefined) return null;
  if (first === 'version 2') return { version: 2, capabilities: more, refs: [] };
  const [ref = '', capabilities = ''] = first.replace(/^version 1$/, '').split('\0');
  const refs = (ref === '' ? more : [ref, ...more]).map((line) => line.split('\0')[0] ?? '');
  if (!refs.every((line) => sha.test(line.split(' ')[0] ?? ''))) return null;
  const [, head = null] = /(?:^| )symref=HEAD:(\S+)/.exec(capabilities) ?? [];
  return { version: 0, capabilities: capabilities.split(' '), refs: withPeeled(refs, head) };
}

/** `SHA NAME` lines, where `NAME^{}` is what an annotated tag stands for. */
function withPeeled(lines: readonly string[], head: string | null): readonly Ref[] {
  const refs = new Map<string, Ref>();
  for (const line of lines) {
    const [id = '', name = ''] = line.split(' ');
    const bare = name.replace(/\^\{\}$/, '');
    if (bare !== 'capabilities')
      refs.set(bare, { name: bare, sha: id, target: bare === 'HEAD' ? head : null });
  }
  return [...refs.values()];
}

/** Reads the answer to `ls-refs`, as `latin1` text: `SHA NAME [symref-target:NAME] [peeled:SHA]`. */
export function parseRefs(text: string): readonly Ref[] {
  return pktLines(text).flatMap((line) => {
    const [id = '', name = '', ...attributes] = line.split(' ');
    if (!sha.test(id) || name === '') return [];
    const value = (key: string) =>
      attributes.find((one) => one.startsWith(`${key}:`))?.slice(key.length + 1) ?? null;
    return [{ name, sha: value('peeled') ?? id, target: value('symref-target') }];
  });
}
