import type { MintPlan } from '../../core/app-tokens/mint-plan.ts';
import { Failure } from '../../core/failure.ts';
import { objectOf } from '../../core/json.ts';
import { prose } from '../../core/prose.ts';
import { causes } from './causes.ts';
import type { Attempt, Refusal } from './refusal.ts';

/** Tells a refusal by its cause, and the cure. */
export function explain(refusal: Refusal): Failure {
  const cause = causes.find(({ when }) => when(refusal));
  const code = refusal.status >= 500 ? 'unreachable' : 'mint-failed';
  return new Failure(code, `${subject(refusal.plan)}: ${cause?.why(refusal)}.`, {
    hint: cause?.hint(refusal) ?? '',
  });
}

/** What else may go wrong on the way: a stop, no answer, a key that signs nothing. Foreign texts are not told. */
export function otherFailure(error: unknown, { plan }: Attempt): Failure {
  const { name, cause } = objectOf(error);
  if (error instanceof Failure) return error;
  if (cause instanceof Failure) return cause;
  if (name === 'AbortError') {
    return new Failure('interrupted', `${subject(plan)}: it was told to stop.`, {
      hint: 'Run the job again.',
    });
  }
  if ('status' in objectOf(error)) {
    return new Failure('unreachable', `${subject(plan)}: the request failed.`, {
      hint: 'Run the job again.',
    });
  }
  return new Failure('mint-failed', `${subject(plan)}: its \`private-key\` cannot sign.`, {
    hint: "Give the PEM file that GitHub made on the App's page, whole, with its first and last line.",
  });
}

/** What only a mistake of ours can cause; the other mints go on, so that theirs can be revoked. */
export function unexpected(error: unknown, plan: MintPlan): Failure {
  if (error instanceof Failure) return error;
  return new Failure('mint-failed', `${subject(plan)}: an unexpected error.`, {
    hint: 'This is a mistake in pipeline-credentials: please report it.',
    cause: error,
  });
}

/** `acme-app mints no token for acme` */
export function subject({ credential, owner }: MintPlan): string {
  return `${credential.name} mints no token for ${prose(owner, [])}`;
}
