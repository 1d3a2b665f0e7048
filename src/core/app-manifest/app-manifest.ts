// https://docs.github.com/apps/sharing-github-apps/registering-a-github-app-from-a-manifest
import type { Permissions } from '../app-tokens/permissions.ts';

/** GitHub's limit for the names of Apps. */
const longestName = 34;

/** What a new App is to be. */
export interface NewApp {
  /** Of the credential: `acme_pipelines`. */
  readonly credential: string;
  /** A page about it, for people. */
  readonly homepage: string;
  /** Where GitHub sends the browser with the code. */
  readonly redirectUrl: string;
  /** Beyond reading contents and metadata. */
  readonly permissions: Permissions;
  /** Where events go; null for none. */
  readonly webhook: string | null;
}

/** The App's name from the credential's: underscores become spaces, 34 characters at most. */
export function nameOfApp(credential: string): string {
  return credential.replaceAll('_', ' ').trim().slice(0, longestName).trim();
}

/**
 * What the form posts to GitHub. Without a webhook nothing is said of one: `hook_attributes` without URL is refused.
 * Private, so that only its owner can install it.
 */
export function appManifest({ credential, homepage, redirectUrl, permissions, webhook }: NewApp) {
  return {
    name: nameOfApp(credential),
    url: homepage,
    redirect_url: redirectUrl,
    description: 'Mints short-lived tokens for CI jobs: pipeline-credentials.',
    public: false,
    default_permissions: { contents: 'read', metadata: 'read', ...permissions },
    ...(webhook === null ? {} : { hook_attributes: { url: webhook, active: true } }),
  };
}

/** Where the form is posted to: the settings of an organisation, or of whoever is signed in. */
export function newAppUrl(server: string, organization: string | null, state: string): string {
  const path =
    organization === null
      ? '/settings/apps/new'
      : `/organizations/${encodeURIComponent(organization)}/settings/apps/new`;
  return `${server}${path}?state=${encodeURIComponent(state)}`;
}
