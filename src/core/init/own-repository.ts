import type { ProviderFacts } from '../provider-facts.ts';
import { compileHosts } from '../target/hosts.ts';
import { isProblem, parseTarget, parseTargetLine } from '../target/parse-target.ts';
import { targetText } from '../target/target-text.ts';
import type { Finding } from './finding.ts';

/** The repository that the checkout is of. */
export interface Own {
  readonly provider: string | null;
  /** Of the owner, or the namespace. */
  readonly url: string;
  readonly repository: string;
}

/** Where the checkout itself is: sign-ins that name no owner are for it. */
export function ownerOf(findings: readonly Finding[], rules: readonly ProviderFacts[]): Own | null {
  const own = findings.find((one) => one.kind === 'own');
  const target =
    own === undefined ? null : parseTarget(compileHosts([], rules), parseTargetLine(own.url, 'repository'));
  if (target === null || isProblem(target) || target.kind !== 'repository') return null;
  const { scheme, host, segments } = target.location;
  return {
    provider: target.provider,
    url: `${scheme}://${host}/${segments.slice(0, -1).join('/')}`,
    repository: targetText(target),
  };
}
