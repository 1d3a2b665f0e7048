import { insightsRequests } from '../ci/bitbucket-insights.ts';
import type { PublicView } from '../core/check/public-view.ts';
import { codeInsights } from '../report/code-insights.ts';
import { sendThroughProxy } from '../system/forward-proxy.ts';
import type { Shell } from './verb.ts';

/** Shows the result beside the commit, in Bitbucket; when that fails it is a warning, the result stands without it. */
export async function showInsights(view: PublicView, proxy: string, { env, ci }: Shell): Promise<void> {
  const requests = insightsRequests(env, codeInsights(view));
  if (requests.length === 0) {
    ci.voice.notice(
      'No Code Insights report: only a step of Bitbucket Pipelines has a commit to show it beside.',
    );
    return;
  }
  for (const request of requests) {
    const status = await sendThroughProxy({ proxy, ...request });
    // What is not there need not be deleted.
    if (request.method === 'DELETE' && status !== null) continue;
    if (status !== null && status < 300) continue;
    const why = status === null ? 'nothing listens there' : `it answers ${status}`;
    ci.voice.warning(
      `The Code Insights report could not be sent through the proxy of --code-insights: ${why}.`,
    );
    return;
  }
}
