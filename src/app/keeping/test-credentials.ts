import type { CheckResult, CredentialResult, TargetResult } from '../../core/check/result.ts';
import { isFailing } from '../../core/check/verdict.ts';
import type { Env } from '../../core/env.ts';
import { Failure } from '../../core/failure.ts';
import type { Manifest } from '../../core/manifest/manifest.ts';
import { check } from '../check.ts';
import type { KeepingContext } from './context.ts';

/** What a test of credentials found: about themselves, and about the targets they serve. */
export interface TestResult {
  readonly credentials: readonly CredentialResult[];
  readonly targets: readonly TargetResult[];
}

export interface TestRequest {
  readonly manifest: Manifest;
  /** Names; null for all. */
  readonly names: readonly string[] | null;
  /** Values of variables that are not set yet, for what is about to be stored. */
  readonly env: Env;
}

const fortnightMs = 14 * 86_400_000;

/** Asks the hosts about credentials, as `check` does; each in an environment that it is for. */
export async function testCredentials(request: TestRequest, context: KeepingContext): Promise<TestResult> {
  const { manifest, names, env } = request;
  const chosen = manifest.credentials.filter(({ name }) => names === null || names.includes(name));
  const environments = new Set(chosen.map((one) => one.environments?.[0] ?? null));
  const results: CheckResult[] = [];
  for (const environment of environments) {
    const credentials = chosen
      .filter((one) => (one.environments?.[0] ?? null) === environment)
      .map(({ name }) => name);
    const asked = { manifest, repositories: null, registries: null, credentials, environment };
    const rest = { warnWithin: fortnightMs, listsRevisions: false, progress: () => {} };
    results.push(await check({ ...asked, ...rest }, { ...context, env: { ...context.env, ...env } }));
  }
  return {
    credentials: results.flatMap(({ credentials }) => credentials),
    // What others serve was asked for without them.
    targets: results.flatMap(({ targets }) => targets.filter(({ credential }) => credential !== null)),
  };
}

/** @throws Failure `refused` when a host does not accept a credential, or a target of it; `saved` says what was spared. */
export function refuseFailing({ credentials, targets }: TestResult, spared: string): void {
  const credential = credentials.find(isFailing);
  if (credential !== undefined) {
    const { name, message, hint } = credential;
    throw new Failure('refused', `${name} does not work: ${message}. ${spared}`, {
      hint: `${hint} Or do it untested: --no-test.`.trim(),
    });
  }
  const target = targets.find(isFailing);
  if (target === undefined) return;
  throw new Failure(
    'refused',
    `${target.credential} does not open ${target.target}: ${target.message}. ${spared}`,
    {
      hint: `${target.hint} Or do it untested: --no-test.`.trim(),
    },
  );
}
