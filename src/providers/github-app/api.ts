import type { Location } from '../../core/location.ts';

/**
 * Base URL of the REST API, without a trailing slash: of github.com, of GHE.com (data residency) or of Enterprise
 * Server, unless the manifest says it with `api-url`. Nothing else says where the API is (security rule 9).
 * https://docs.github.com/rest/using-the-rest-api/getting-started-with-the-rest-api
 */
export function githubApi({ scheme, host }: Location, apiUrl: string | null): string {
  if (apiUrl !== null) return apiUrl;
  if (host === 'github.com' || /^[a-z0-9-]+\.ghe\.com$/.test(host)) return `https://api.${host}`;
  return `${scheme}://${host}/api/v3`;
}

/** https://docs.github.com/rest/about-the-rest-api/api-versions */
export const apiHeaders = {
  accept: 'application/vnd.github+json',
  'user-agent': 'pipeline-credentials',
  'x-github-api-version': '2022-11-28',
};
