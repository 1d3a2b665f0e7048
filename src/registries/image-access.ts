import type { Fetch } from '../core/http/fetch.ts';
import { objectOf, objectsOf } from '../core/json.ts';
import { jwtClaims } from '../core/jwt.ts';
import type { Login } from '../core/login.ts';
import type { RegistryTrust } from './realm.ts';
import { enterRegistry, type RegistryEntry } from './token.ts';

/** An image's name at a registry, and how to speak of it. */
export interface Image {
  readonly name: string;
  readonly entry: RegistryEntry;
  /** Whether the token itself says that it grants what was asked for; some tokens say nothing. */
  readonly granted: boolean;
}

export interface Visitor extends RegistryTrust {
  readonly login: Login | null;
}

interface Wanted {
  readonly name: string;
  readonly access: 'read' | 'write';
}

/** Signs in for one image; for none when the name is empty. */
export async function openImage(visitor: Visitor, { name, access }: Wanted, fetch: Fetch): Promise<Image> {
  const actions = access === 'write' ? ['pull', 'push'] : ['pull'];
  const scopes = name === '' ? [] : [`repository:${name}:${actions.join(',')}`];
  const entry = await enterRegistry({ ...visitor, scopes }, fetch);
  return { name, entry, granted: entry.kind === 'open' && grants(entry, name, actions) };
}

/** The status of asking for one tag. https://distribution.github.io/distribution/spec/api/#listing-image-tags */
export async function tags(image: Image, fetch: Fetch): Promise<number> {
  return (await ask(image.entry, `/v2/${image.name}/tags/list?n=1`, fetch))?.status ?? 0;
}

/** The first image below a namespace that the registry's catalogue tells of; null when it tells none. */
export async function imageBelow(visitor: Visitor, namespace: string, fetch: Fetch): Promise<string | null> {
  const entry = await enterRegistry({ ...visitor, scopes: ['registry:catalog:*'] }, fetch);
  const answer = await ask(entry, `/v2/_catalog?n=1&last=${encodeURIComponent(`${namespace}/`)}`, fetch);
  if (answer === null || answer.status !== 200) return null;
  const { repositories } = objectOf(await answer.json().catch(() => null));
  const [first] = Array.isArray(repositories) ? repositories : [];
  const isBelow = typeof first === 'string' && first.startsWith(`${namespace}/`);
  return isBelow && /^[a-z0-9._/-]{1,255}$/.test(first) ? first : null;
}

/** The status of beginning an upload, 202 where it may push; the upload is called off at once. */
export async function push({ entry, name }: Image, fetch: Fetch): Promise<number> {
  const path = `/v2/${name}/blobs/uploads/`;
  const answer = await ask(entry, path, fetch, 'POST');
  const location = answer?.headers.get('location') ?? '';
  if (entry.kind === 'open' && answer?.status === 202 && URL.canParse(location, entry.origin + path)) {
    const upload = new URL(location, entry.origin + path);
    // A session elsewhere must do without our token, and ends by itself.
    if (upload.origin === entry.origin) await ask(entry, upload.pathname + upload.search, fetch, 'DELETE');
  }
  return answer?.status ?? 0;
}

async function ask(entry: RegistryEntry, path: string, fetch: Fetch, method = 'GET') {
  if (entry.kind !== 'open') return null;
  const authorization = entry.authorization === null ? {} : { authorization: entry.authorization.reveal() };
  return fetch(entry.origin + path, { method, headers: authorization });
}

/** Many tokens are JSON Web Tokens with a list of what they grant. https://distribution.github.io/distribution/spec/auth/jwt/ */
function grants(entry: RegistryEntry, name: string, actions: readonly string[]): boolean {
  if (entry.kind !== 'open' || entry.authorization === null) return false;
  const found = objectsOf(jwtClaims(entry.authorization).access).find((one) => one.name === name)?.actions;
  return Array.isArray(found) && actions.every((action) => found.includes(action));
}
