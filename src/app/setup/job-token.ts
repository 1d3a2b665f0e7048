import type { JobToken } from '../../ci/job.ts';
import { isFault } from '../../core/fault.ts';
import { type Grant, jobToken } from '../../core/session/grant.ts';
import { isProblem, parseTarget, parseTargetLine } from '../../core/target/parse-target.ts';
import { parseRegistryScope } from '../../core/target/registry-scope.ts';
import type { Target } from '../../core/target/target.ts';
import { targetText } from '../../core/target/target-text.ts';
import type { JobContext } from '../job-context.ts';
import type { Selected } from './selected.ts';

/**
 * The job's own credential for the job's own repository (and registry, on GitLab), so that they keep working whatever
 * an organisation's credential does. What is itself a target is left to selection; null when nothing is left.
 */
export function jobTokenGrant(token: JobToken | null, selected: Selected, { job }: JobContext): Grant | null {
  if (token === null || job.repository === null) return null;
  const own = parseTarget(selected.hosts, parseTargetLine(job.repository, 'repository'));
  const isOurs = !isProblem(own) && own.kind === 'repository' && !isListed(own, selected);
  const registry = token.registry === null ? null : ownRegistry(token.registry, selected);
  if (!isOurs && registry === null) return null;
  return {
    credential: jobToken,
    login: { username: token.username, password: token.password },
    git: isOurs ? [{ location: own.location, kind: 'repository', bare: false }] : [],
    registries: registry === null ? [] : [registry],
    access: 'both',
    expiresAt: null,
  };
}

function isListed(own: Target, { selections }: Selected): boolean {
  const name = targetText(own).toLowerCase();
  return selections.some(({ target }) => targetText(target).toLowerCase() === name);
}

function ownRegistry(text: string, { selections }: Selected) {
  const scope = parseRegistryScope(text);
  if (isFault(scope)) return null;
  const isTaken = selections.some(({ target }) => target.kind === 'registry' && target.host === scope.host);
  return isTaken ? null : scope;
}
