import { appManifest, newAppUrl } from '../../../core/app-manifest/app-manifest.ts';
import type { CreateAppRequest } from './request.ts';

export interface Form {
  readonly request: CreateAppRequest;
  readonly server: string;
  readonly redirectUrl: string;
  readonly state: string;
  readonly keptIn: string;
}

/** What the page posts to GitHub, and shows before. */
export function form({ request, server, redirectUrl, state, keptIn }: Form) {
  const { name, organization, permissions, webhook, repository } = request;
  const homepage = repository ?? (organization === null ? server : `${server}/${organization}`);
  const manifest = appManifest({ credential: name, homepage, redirectUrl, permissions, webhook });
  const may = Object.entries(manifest.default_permissions).map(([what, level]) => `${what}: ${level}`);
  return {
    step: 'create',
    action: newAppUrl(server, organization, state),
    manifest: JSON.stringify(manifest),
    facts: [
      ['Name', manifest.name],
      ['Owner', organization ?? 'your own account'],
      ['May', may.join(', ')],
      ['Webhook', webhook ?? 'none'],
      ['Keys go to', keptIn],
    ],
  } as const;
}
