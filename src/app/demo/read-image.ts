import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Fetch } from '../../core/http/fetch.ts';
import { parseBasicAuth } from '../../core/login.ts';
import { enterRegistry } from '../../registries/token.ts';

/**
 * The digest of an image, read as docker reads it: the login of the session's `config.json`, the registry's own
 * challenge, the manifest. Null when that does not lead there.
 */
export async function readImage(
  image: string,
  environment: Readonly<Record<string, string>>,
  fetch: Fetch,
): Promise<string | null> {
  const [, host = '', name = '', tag = ''] = /^([^/]+)\/(.+):([^:]+)$/.exec(image) ?? [];
  const { auths } = JSON.parse(readFileSync(join(environment.DOCKER_CONFIG ?? '', 'config.json'), 'utf8'));
  const login = parseBasicAuth(auths[host]?.auth ?? '');
  const entry = await enterRegistry({ host, named: [], login, scopes: [`repository:${name}:pull`] }, fetch);
  if (entry.kind !== 'open') return null;
  const answer = await fetch(`${entry.origin}/v2/${name}/manifests/${tag}`, {
    method: 'HEAD',
    headers: {
      accept: 'application/vnd.oci.image.manifest.v1+json',
      ...(entry.authorization === null ? {} : { authorization: entry.authorization.reveal() }),
    },
  });
  return answer.ok ? answer.headers.get('docker-content-digest') : null;
}
