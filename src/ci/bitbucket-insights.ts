// https://support.atlassian.com/bitbucket-cloud/docs/code-insights/
import type { Env } from '../core/env.ts';

/** One request of a report, to be sent through the proxy that listens beside every step (port 29418) and signs in by itself. */
export interface InsightsRequest {
  readonly method: 'PUT' | 'POST' | 'DELETE';
  /** http on purpose: the proxy turns it into https. */
  readonly url: string;
  readonly body: unknown;
}

const id = 'pipeline-credentials';

/** The requests that put a report beside the commit of this step; none outside Bitbucket. */
export function insightsRequests(
  { BITBUCKET_REPO_FULL_NAME: repository, BITBUCKET_COMMIT: commit }: Env,
  { report, annotations }: { readonly report: unknown; readonly annotations: readonly unknown[] },
): readonly InsightsRequest[] {
  if (!repository || !commit || !/^[\w.-]+\/[\w.-]+$/.test(repository) || !/^[0-9a-f]+$/.test(commit))
    return [];
  const url = `http://api.bitbucket.org/2.0/repositories/${repository}/commit/${commit}/reports/${id}`;
  return [
    // What an earlier run of this commit found would stay beside what this one finds.
    { method: 'DELETE', url, body: null },
    { method: 'PUT', url, body: report },
    ...(annotations.length === 0
      ? []
      : [{ method: 'POST' as const, url: `${url}/annotations`, body: annotations }]),
  ];
}
