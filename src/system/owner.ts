import type { Owner } from '../core/session/record.ts';
import type { ProcessFacts, ProcessTable } from './process-table.ts';

/** Runners' workers, which live as long as one job or longer; names as Linux cuts them. */
const workers = new Set([
  'Runner.Worker',
  'gitlab-runner',
  'act_runner',
  'gitea-runner',
  'forgejo-runner',
  'act',
]);

/** The process itself as an owner; null where the system does not tell processes apart. */
export function ownerOf(pid: number, table: ProcessTable | null): Owner | null {
  const found = table?.find(pid) ?? null;
  if (table === null || found === null) return null;
  return { boot: table.boot, namespace: table.namespace, pid, started: found.started };
}

/**
 * What outlives a setup: the runner's worker above it; in a shell the leader of its session, since `eval "$(...)"` runs
 * us below a shell that ends at once; else the first process of the container, or the outermost above us.
 */
export function survivorOf(pid: number, within: 'job' | 'shell', table: ProcessTable | null): Owner | null {
  if (table === null) return null;
  const self = table.find(pid);
  const above = ancestors(self, table);
  const worker = above.find(({ name }) => workers.has(name));
  const leader = within === 'shell' && self !== null && self.sessionLeader !== pid ? self.sessionLeader : 0;
  const chosen = worker ?? (leader > 0 ? table.find(leader) : null) ?? outermost(above, table);
  return chosen === null ? null : ownerOf(chosen.pid, table);
}

/** Whether an owner is gone for good: its machine was started anew, its container or itself ended (security rule 20). */
export function isGone(owner: Owner | null, table: ProcessTable | null): boolean {
  if (owner === null || table === null) return false;
  if (owner.boot !== table.boot) return true;
  if (owner.namespace !== table.namespace) return !table.mayLive(owner.namespace);
  return table.find(owner.pid)?.started !== owner.started;
}

function ancestors(self: ProcessFacts | null, table: ProcessTable): readonly ProcessFacts[] {
  const found: ProcessFacts[] = [];
  for (let next = self; next !== null && next.parent > 0 && found.length < 64; ) {
    next = table.find(next.parent);
    if (next !== null) found.push(next);
  }
  return found;
}

/** Commands that a runner starts in a container may have no parent there; its first process outlives them. */
function outermost(above: readonly ProcessFacts[], table: ProcessTable): ProcessFacts | null {
  if (table.contained) return table.find(1);
  return above.findLast(({ pid }) => pid !== 1) ?? null;
}
