import { clause } from '../../core/check/clause.ts';
import { notAsked } from '../../core/check/judge.ts';
import { outcome } from '../../core/check/outcome.ts';
import type { CredentialResult, TargetResult } from '../../core/check/result.ts';
import { Failure, interrupted, unexpected } from '../../core/failure.ts';
import type { Credential } from '../../core/manifest/manifest.ts';
import type { Selection } from '../../core/selection/selection.ts';
import { targetText } from '../../core/target/target-text.ts';
import type { Selected } from '../setup/selected.ts';
import { serveApp } from './app-server.ts';
import { askTarget } from './ask-target.ts';
import { isReady, makeReady, type Ready } from './ready.ts';
import type { CheckRequest } from './request.ts';
import type { Run } from './run.ts';
import { type Server, serve } from './server.ts';

export interface Asking {
  readonly request: CheckRequest;
  readonly selected: Selected;
  readonly run: Run;
}

/** A credential that can be tried, or its result when there was nothing to ask. */
export type Asked = Server | CredentialResult;

/** Asks a credential's host about it. @throws Failure `interrupted` and nothing else. */
export async function ask(credential: Credential, { selected, run }: Asking): Promise<Asked> {
  const unknown = ({ message }: Failure) =>
    notAsked(credential, { status: 'unknown', message: clause(message), hint: report }, run.context.now());
  return surviving(run, unknown, async () => {
    const ready = makeReady(credential, served(credential, selected), {
      run,
      circumstances: selected.circumstances,
    });
    if (!isReady(ready)) return ready;
    return ready.signIn.kind === 'app' ? serveApp(ready, selected, run) : serve(ready, { run, selected });
  });
}

/** Tries a target with what became of its credential; null for one that nobody serves. @throws as `ask`. */
export async function tryTarget(
  selection: Selection,
  asked: Asked | null,
  { run, request }: Asking,
): Promise<TargetResult> {
  const { target, credential } = selection;
  const { kind, access, place } = target;
  const unknown = ({ message }: Failure) =>
    outcome({ status: 'unknown', message: clause(message), hint: report });
  const found = await surviving(run, unknown, async () => {
    if (asked !== null && !isServer(asked)) return notTried(asked);
    return askTarget({ selection, server: asked, run, listsRevisions: request.listsRevisions });
  });
  return { target: targetText(target), kind, credential: credential?.name ?? null, access, place, ...found };
}

export function isServer(asked: Asked): asked is Server {
  return 'ready' in asked;
}

function served(
  credential: Credential,
  { selections }: Selected,
): Pick<Ready, 'repositories' | 'registries'> {
  const targets = selections.filter((one) => one.credential === credential).map(({ target }) => target);
  return {
    repositories: targets.filter((target) => target.kind === 'repository'),
    registries: targets.filter((target) => target.kind === 'registry'),
  };
}

function notTried({ name, message, hint }: CredentialResult) {
  return outcome({ status: 'denied', message: `not tried: ${name}: ${message}`, hint });
}

const report = 'This is a mistake in pipeline-credentials: please report it.';

/** What only a mistake of ours can cause must not hide the other results; a stop is none. */
async function surviving<T>(
  { context }: Run,
  otherwise: (failure: Failure) => T,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const isStop = error instanceof Failure && error.code === 'interrupted';
    if (isStop || context.signal.aborted) throw interrupted();
    return otherwise(error instanceof Failure ? error : unexpected(error));
  }
}
