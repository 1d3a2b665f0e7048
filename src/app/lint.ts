import type { Problem } from '../core/failure.ts';
import { readManifests } from '../core/manifest/read.ts';
import { inReadingOrder } from '../core/manifest/reading.ts';
import { gitProviders } from '../providers/index.ts';
import { credentialAdvice } from './lint/credentials.ts';
import { targetAdvice } from './lint/targets.ts';
import { findManifests, type ManifestContext, type ManifestRequest } from './manifest.ts';

/** What `lint --json` prints (design section 6). */
export interface LintReport {
  readonly version: 1;
  /** Whether there is no error; warnings may be among the problems all the same. */
  readonly valid: boolean;
  readonly problems: readonly Problem[];
}

/**
 * Everything that is wrong or doubtful about a job's manifests and can be seen offline, without resolving anything
 * (security rule 6).
 * @throws Failure `manifest-missing`, `refused`, `usage` as `loadManifest` does.
 */
export async function lint(
  request: ManifestRequest,
  context: ManifestContext & { readonly now: Date },
): Promise<LintReport> {
  const sources = await findManifests(request, context);
  const { manifest, problems } = readManifests(sources, gitProviders);
  if (manifest === null) return { version: 1, valid: false, problems };
  const found = [
    ...problems,
    ...credentialAdvice(manifest, context.now),
    ...targetAdvice(manifest, context.now),
  ];
  return {
    version: 1,
    valid: !found.some(({ severity }) => severity === 'error'),
    problems: inReadingOrder(sources, found),
  };
}
