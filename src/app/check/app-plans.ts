import type { MintPlan } from '../../core/app-tokens/mint-plan.ts';
import { scopeCovers } from '../../core/target/registry-scope.ts';
import type { Target } from '../../core/target/target.ts';

/** A plan of several repositories as one plan for each. */
export function single(plan: MintPlan): readonly MintPlan[] {
  if (plan.repositories === 'all') return [plan];
  return plan.repositories.map((name) => ({
    ...plan,
    repositories: [name],
    git: plan.git.filter(({ location }) => same(location.segments[1], name)),
  }));
}

/** Whether a token of this plan would have served a target. */
export function covers(plan: MintPlan, target: Target): boolean {
  if (target.kind === 'registry') return plan.registries.some((scope) => scopeCovers(scope, target));
  const [owner, name] = target.location.segments;
  if (plan.git.length === 0 || !same(plan.owner, owner)) return false;
  return plan.repositories === 'all' || plan.repositories.some((one) => same(one, name));
}

/** GitHub's names have no case. */
function same(one: string | undefined, other: string | undefined): boolean {
  return one?.toLowerCase() === other?.toLowerCase();
}
