import type { components } from '@octokit/openapi-types';
import { epoch, nodeId, type Origin, simpleUser } from './account-shape.ts';
import { repository } from './repository-shape.ts';
import type { App, Installation, MintedToken } from './state.ts';

type Schemas = components['schemas'];

export function integration(
  origin: Origin,
  app: App,
  installationsCount: number,
): NonNullable<Schemas['integration']> {
  return {
    id: app.id,
    client_id: app.clientId,
    slug: app.slug,
    node_id: nodeId('Integration', app.id),
    owner: simpleUser(origin, app.owner),
    name: app.name ?? app.slug,
    description: null,
    external_url: app.externalUrl ?? `${origin}/${app.owner.login}`,
    html_url: `${origin}/github-apps/${app.slug}`,
    created_at: epoch,
    updated_at: epoch,
    permissions: { ...app.permissions },
    events: [],
    installations_count: installationsCount,
  };
}

export function installation(origin: Origin, made: Installation): Schemas['installation'] {
  const { id, app, account } = made;
  return {
    id,
    account: simpleUser(origin, account),
    repository_selection: made.repositories === null ? 'all' : 'selected',
    access_tokens_url: `${origin}/api/v3/app/installations/${id}/access_tokens`,
    repositories_url: `${origin}/api/v3/installation/repositories`,
    html_url: `${origin}/organizations/${account.login}/settings/installations/${id}`,
    app_id: app.id,
    client_id: app.clientId,
    app_slug: app.slug,
    target_id: account.id,
    target_type: account.type,
    permissions: made.permissions,
    events: [],
    created_at: epoch,
    updated_at: epoch,
    single_file_name: null,
    has_multiple_single_files: false,
    single_file_paths: [],
    suspended_by: made.suspended ? simpleUser(origin, account) : null,
    suspended_at: made.suspended ? epoch : null,
  };
}

export function installationToken(origin: Origin, minted: MintedToken): Schemas['installation-token'] {
  const { token, expiresAt, permissions, repositories } = minted;
  const selected = repositories !== null || minted.installation.repositories !== null;
  return {
    token,
    expires_at: timestamp(expiresAt),
    permissions,
    repository_selection: selected ? 'selected' : 'all',
    ...(repositories === null
      ? {}
      : { repositories: repositories.map((one) => repository(origin, one, 'read')) }),
  };
}

/** GitHub's times have no milliseconds. */
function timestamp(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/\.\d+Z$/, 'Z');
}
