import type { MintPlan } from '../../core/app-tokens/mint-plan.ts';
import { Failure } from '../../core/failure.ts';
import { prose } from '../../core/prose.ts';
import { causes } from './causes.ts';
import type { AppClient } from './client.ts';
import { type Installation, objectOf } from './installation.ts';

/** Where a mint stood when it failed. */
export interface Attempt {
  readonly plan: MintPlan;
  readonly client: AppClient;
  readonly step: 'find' | 'mint';
  /** Null while they are not known. */
  readonly installationId: number | null;
  readonly installation: Installation | null;
}

/** An answer that is no success. */
export interface Refusal extends Attempt {
  /** Of the plan, fit to print. */
  readonly owner: string;
  readonly status: number;
  /** The host's own words, raw: to be matched, and printed only as prose. */
  readonly message: string;
  /** Whether it speaks as GitHub does; a proxy or another program does not. A host in trouble may say anything. */
  readonly isGithub: boolean;
  readonly isSso: boolean;
  /** What a second look found missing: names of repositories, or permissions with their level. */
  readonly missing: readonly string[];
}

/** A refusal that we know without asking: GitHub would say the same. */
export function foreseen(attempt: Attempt, status: number, message = ''): Refusal {
  const owner = prose(attempt.plan.owner, []);
  return { ...attempt, owner, status, message, isGithub: true, isSso: false, missing: [] };
}

/** Reads a refusal from what octokit throws; null when no answer came at all. */
export function readRefusal(error: unknown, attempt: Attempt): Refusal | null {
  const { status, response } = objectOf(error) as { status?: unknown; response?: unknown };
  if (typeof status !== 'number' || response === undefined) return null;
  const { data, headers } = objectOf(response) as { data?: unknown; headers?: unknown };
  const { message } = objectOf(data) as { message?: unknown };
  const isGithub = typeof message === 'string';
  return {
    ...foreseen(attempt, status, isGithub ? message : ''),
    isGithub: isGithub || status >= 500,
    isSso: 'x-github-sso' in objectOf(headers),
  };
}

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
  const { name, cause } = objectOf(error) as { name?: unknown; cause?: unknown };
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
