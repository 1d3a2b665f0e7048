import type { Manifest, TargetRequest } from '../core/manifest/manifest.ts';
import { compileCatalog } from '../core/selection/catalog.ts';
import { explain } from '../core/selection/explain.ts';
import type { Circumstances, Explanation, Refusal } from '../core/selection/selection.ts';
import { compileHosts } from '../core/target/hosts.ts';
import { isProblem, parseTarget } from '../core/target/parse-target.ts';
import { gitProviders } from '../providers/index.ts';

/** Which credential serves each target and why no other does; refused targets stand among the others. */
export function explainTargets(
  { credentials }: Manifest,
  requests: readonly TargetRequest[],
  circumstances: Circumstances,
): readonly (Explanation | Refusal)[] {
  const hosts = compileHosts(credentials, gitProviders);
  const catalog = compileCatalog(credentials, gitProviders);
  return requests.map((request) => {
    const target = parseTarget(hosts, request);
    return isProblem(target) ? { request, problem: target } : explain(catalog, target, circumstances);
  });
}

/** 2 when a target is refused, 1 when one that must be written to has no credential, else 0. */
export function exitCodeOf(explained: readonly (Explanation | Refusal)[]): 0 | 1 | 2 {
  const codes = explained.flatMap(({ problem }) => (problem === null ? [] : [problem.code]));
  if (codes.length === 0) return 0;
  return codes.every((code) => code === 'no-credential') ? 1 : 2;
}
