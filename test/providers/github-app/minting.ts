import { generateKeyPairSync } from 'node:crypto';
import { planMints } from '../../../src/core/app-tokens/plan-mints.ts';
import { Secret } from '../../../src/core/secret.ts';
import type { Forge } from '../../../src/demo/forge.ts';
import type { ResolvedApp } from '../../../src/providers/github-app/client.ts';
import type { Effects } from '../../../src/providers/github-app/effects.ts';
import { type Minted, mintAll } from '../../../src/providers/github-app/mint-all.ts';
import { createHttp } from '../../../src/system/http.ts';
import { appUse } from '../../core/app-tokens/make-use.ts';

export interface MintOptions extends Omit<NonNullable<Parameters<typeof appUse>[0]>, 'url' | 'targets'> {
  /** Below the forge: `acme`. */
  readonly base?: string;
  /** `acme/rnaseq`, `acme/stats write`. */
  readonly targets?: readonly string[];
  /** Instead of the App's own. */
  readonly issuer?: string;
  readonly privateKey?: string;
  readonly slug?: string;
  readonly effects?: Partial<Effects>;
}

export interface Outcome extends Minted {
  /** `GET /users/acme/installation`, without the API's prefix, as they arrived. */
  readonly requests: readonly string[];
  readonly warnings: readonly string[];
  /** Milliseconds of each pause. */
  readonly slept: readonly number[];
  /** Everything that was said: messages and hints of failures, and warnings. */
  readonly said: string;
}

/** Mints by the forge's App `pipelines` as setup would, without really waiting. */
export async function mintOn(
  forge: Forge,
  { base, targets, effects, ...options }: MintOptions,
): Promise<Outcome> {
  const app = forge.app('pipelines');
  const use = appUse({
    ...options,
    url: `${forge.url}/${base ?? ''}`,
    ...(targets === undefined ? {} : { targets: targets.map((target) => `${forge.url}/${target}`) }),
  });
  const resolved: ResolvedApp = {
    issuer: options.issuer ?? app.clientId,
    privateKey: new Secret(options.privateKey ?? app.privateKey),
    permissions: options.permissions ?? {},
    repositories: options.repositories ?? 'listed',
    ...(options.installationId === undefined ? {} : { installationId: options.installationId }),
    ...(options.slug === undefined ? {} : { slug: options.slug }),
  };
  const http = createHttp({ env: {}, limits: { idleMs: 300, totalMs: 600, bodyBytes: 1_000_000 } });
  const warnings: string[] = [];
  const slept: number[] = [];
  const before = forge.traffic.requests.length;
  const minted = await mintAll(planMints([use]).plans, new Map([['acme-app', resolved]]), {
    fetch: http.fetch,
    now: () => new Date(),
    sleep: async (ms) => void slept.push(ms),
    random: () => 0.5,
    warn: (message) => warnings.push(message),
    ...effects,
  });
  http.close();
  const failed = minted.failures.map(({ failure }) => `${failure.message}\n${failure.hint}`);
  return {
    ...minted,
    requests: forge.traffic.requests
      .slice(before)
      .map(({ method, path }) => `${method} ${path.replace('/api/v3', '')}`),
    warnings,
    slept,
    said: [...failed, ...warnings].join('\n'),
  };
}

/** The bodies of the mints so far, sorted, since they arrive in any order. */
export function mintBodies(forge: Forge): readonly unknown[] {
  const mints = forge.traffic.requests.filter(({ method }) => method === 'POST');
  return mints.map(({ body }) => body).toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}

/** Two keys of Apps, made once: making one takes longer than most tests. */
export const [ownKey, otherKey] = [1, 2].map(
  () =>
    generateKeyPairSync('rsa', {
      modulusLength: 2048,
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
    }).privateKey,
) as [string, string];
