import type { MintPlan } from '../../core/app-tokens/mint-plan.ts';
import { objectOf } from '../../core/json.ts';
import { prose } from '../../core/prose.ts';
import type { AppClient } from './client.ts';
import type { Installation } from './installation.ts';

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
  const { status, response } = objectOf(error);
  if (typeof status !== 'number' || response === undefined) return null;
  const { data, headers } = objectOf(response);
  const { message } = objectOf(data);
  const isGithub = typeof message === 'string';
  return {
    ...foreseen(attempt, status, isGithub ? message : ''),
    isGithub: isGithub || status >= 500,
    isSso: 'x-github-sso' in objectOf(headers),
  };
}
