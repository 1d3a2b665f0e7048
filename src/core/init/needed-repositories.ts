import type { ProviderFacts } from '../provider-facts.ts';
import { compileHosts } from '../target/hosts.ts';
import { isProblem, parseTarget, parseTargetLine } from '../target/parse-target.ts';
import { targetText } from '../target/target-text.ts';
import type { Finding } from './finding.ts';
import type { Own } from './own-repository.ts';

/** A repository that jobs need. */
export interface Needed {
  readonly url: string;
  readonly writes: boolean;
}

/** Every repository that was found, once, in the order of the alphabet. */
export function repositoriesOf(
  findings: readonly Finding[],
  { rules, own }: { rules: readonly ProviderFacts[]; own: Own | null },
): readonly Needed[] {
  const hosts = compileHosts([], rules);
  const needed = new Map<string, boolean>();
  for (const one of findings) {
    const url = one.kind === 'repository' ? absolute(one.url, own) : null;
    const target = url === null ? null : parseTarget(hosts, parseTargetLine(url, 'repository'));
    if (one.kind !== 'repository' || target === null || (isProblem(target) && !url?.startsWith('https://')))
      continue;
    // A server of one's own is known by the credential's base URL only: its address is taken as it stands.
    const text = isProblem(target) ? (url ?? '') : targetText(target);
    needed.set(text, needed.get(text) === true || one.access === 'write');
  }
  return [...needed].map(([url, writes]) => ({ url, writes })).toSorted((a, b) => (a.url < b.url ? -1 : 1));
}

function absolute(url: string, own: Own | null): string | null {
  if (!/^\.(?:\/[\w.-]+)?$/.test(url)) return url;
  if (own === null) return null;
  return url === '.' ? own.repository : `${own.url}/${url.slice(2)}`;
}
