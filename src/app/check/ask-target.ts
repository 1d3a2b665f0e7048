import { clause } from '../../core/check/clause.ts';
import { type Outcome, outcome } from '../../core/check/outcome.ts';
import { Failure } from '../../core/failure.ts';
import type { Selection } from '../../core/selection/selection.ts';
import type { RegistryTarget, RepositoryTarget } from '../../core/target/target.ts';
import { providerCheck } from '../../providers/check/index.ts';
import { probeRepository } from '../../providers/check/probe-repository.ts';
import { probeRegistry } from '../../registries/probe-registry.ts';
import { trustedHosts } from './ask-registries.ts';
import type { Run } from './run.ts';
import type { Server } from './server.ts';

export interface TargetQuestion {
  readonly selection: Selection;
  /** What serves the target; null for nobody. */
  readonly server: Server | null;
  readonly run: Run;
  readonly listsRevisions: boolean;
}

/** Asks for one target with the credential that selection chose, or with none. */
export async function askTarget(question: TargetQuestion): Promise<Outcome> {
  const { selection, server } = question;
  const { target, problem } = selection;
  if (problem !== null)
    return outcome({ status: 'denied', message: clause(problem.message), hint: problem.hint });
  const life = server?.answer.life ?? null;
  if (server !== null && life?.alive === 'no') return notTried(server, life);
  // Without an answer about the App nothing was minted.
  if (server?.ready.signIn.kind === 'app' && (life?.alive === 'unknown' || life?.alive === 'unreachable'))
    return outcome({ status: life.alive, message: life.why, hint: life.hint });
  try {
    return target.kind === 'registry'
      ? await askRegistry(target, question)
      : await askRepository(target, question);
  } catch (error) {
    if (!(error instanceof Failure) || error.code === 'interrupted') throw error;
    const status = error.code === 'unreachable' ? 'unreachable' : 'denied';
    return outcome({ status, message: clause(error.message), hint: error.hint });
  }
}

/** A dead credential is not tried again and again: hosts ban for that. */
function notTried(
  { ready }: Server,
  { why, hint }: { readonly why: string; readonly hint: string },
): Outcome {
  const message = `not tried, since ${ready.credential.name} does not work: ${why}`;
  return outcome({ status: 'denied', message, hint });
}

async function askRepository(target: RepositoryTarget, question: TargetQuestion): Promise<Outcome> {
  const { server, run, listsRevisions, selection } = question;
  if (server?.ready.signIn.kind === 'ssh-key') {
    const { askBySsh } = await import('./ask-by-ssh.ts');
    return askBySsh(target, server.ready, question);
  }
  return probeRepository({
    target,
    check: providerCheck(target.provider),
    credential: server?.ready.credential.name ?? null,
    whyNobody: selection.reason,
    authorization: server?.authorize(target) ?? null,
    isAlive: server?.answer.life.alive === 'yes',
    listsRevisions,
    fetch: run.fetch,
    quote: run.quote,
    hostNow: run.hostNow,
    now: run.context.now,
  });
}

async function askRegistry(target: RegistryTarget, { server, run }: TargetQuestion): Promise<Outcome> {
  return probeRegistry({
    target,
    credential: server?.ready.credential.name ?? null,
    login: server === null ? null : await server.logIn(target),
    named: server === null ? [] : trustedHosts(server.ready),
    fetch: run.fetch,
    quote: run.quote,
  });
}
