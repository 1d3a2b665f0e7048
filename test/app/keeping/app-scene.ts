import { readdirSync } from 'node:fs';
import { expect } from 'vitest';
import type { CreateAppRequest } from '../../../src/app/keeping/create-app/request.ts';
import type { TestContext } from './context.ts';
import type { Folder } from './folder.ts';

/** An App for acme on a server, its keys in files. */
export function appRequest(server: string, more: Partial<CreateAppRequest> = {}): CreateAppRequest {
  return {
    manifest: 'm.yml',
    name: 'acme_pipelines',
    organization: 'acme',
    server,
    repository: null,
    permissions: {},
    webhook: null,
    allowPrivateHost: true,
    keep: 'file',
    store: null,
    ...more,
  };
}

export const effects = { lookup: async () => [], lookEveryMs: 20, lifeMs: 600_000, lastLookMs: 50 };

/** The page's address, once it is told. */
export async function pageOf({ talk }: TestContext): Promise<string> {
  const url = () =>
    talk.map((line) => /http:\/\/127\.0\.0\.1:\d+\/[0-9a-f]{32}\//.exec(line)?.[0]).find(Boolean);
  await expect.poll(url).toBeDefined();
  return url() ?? '';
}

/** All that is in a folder, by name. */
export function contents({ path }: Folder): string[] {
  return readdirSync(path, { recursive: true }).map(String).toSorted();
}
