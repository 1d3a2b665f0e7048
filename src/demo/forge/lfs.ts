import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { type Answer, jsonObject, readBody } from '../answer.ts';
import { admitToRepository } from './smart-http.ts';
import type { Repository, State } from './state.ts';

/** A request below a repository's `info/lfs`. */
interface LfsRequest {
  readonly owner: string;
  readonly name: string;
  /** `objects/batch`, `locks/verify`, `locks` or `storage/OID`. */
  readonly action: string;
  readonly body: Buffer;
}

const mediaType = { 'content-type': 'application/vnd.git-lfs+json' };
const notFound: Answer = { status: 404, headers: mediaType, body: { message: 'Not Found' } };

/**
 * Answers a request of Git LFS: batch, the basic transfer, and locks (there are none). Objects are behind the same
 * sign-in as their repository. Null when the path is none of LFS.
 */
export async function answerLfs(
  state: State,
  origin: string,
  request: IncomingMessage,
): Promise<Answer | null> {
  const { pathname } = new URL(request.url ?? '/', origin);
  const [, owner = '', name = '', action = ''] = /^\/(.+)\/([^/]+)\/info\/lfs\/(.+)$/.exec(pathname) ?? [];
  if (action === '') return null;
  const asked: LfsRequest = { owner, name, action, body: await readBody(request) };
  const need = writes(request.method, asked) ? 'write' : 'read';
  const admitted = admitToRepository(state, request, { owner, name, need });
  if ('refusal' in admitted) return lfsRefusal(admitted.refusal);
  return answer(admitted.repository, `${origin}/${owner}/${name}/info/lfs`, {
    ...asked,
    method: request.method,
  });
}

function writes(method: string | undefined, { action, body }: LfsRequest): boolean {
  if (action === 'objects/batch') return jsonObject(body)?.operation === 'upload';
  return method === 'PUT' || action === 'locks/verify';
}

function lfsRefusal({ status, body }: Answer): Answer {
  const challenge = status === 401 ? { 'lfs-authenticate': 'Basic realm="GitHub"' } : {};
  return { status, headers: { ...mediaType, ...challenge }, body: { message: String(body).trim() } };
}

function answer(
  { objects }: Repository,
  base: string,
  { method, action, body }: LfsRequest & { method: string | undefined },
): Answer {
  if (action === 'objects/batch') return batch(objects, base, body);
  if (action === 'locks/verify') return { status: 200, headers: mediaType, body: { ours: [], theirs: [] } };
  if (action === 'locks' && method === 'GET') return { status: 200, headers: mediaType, body: { locks: [] } };
  const id = action.replace(/^storage\//, '');
  return method === 'PUT' ? store(objects, id, body) : show(objects.get(id));
}

function batch(objects: Repository['objects'], base: string, body: Buffer): Answer {
  const { operation, objects: asked } = jsonObject(body) ?? {};
  const wanted: { oid: string; size: number }[] = Array.isArray(asked) ? asked : [];
  const described = wanted.map(({ oid, size }) => {
    const link = { href: `${base}/storage/${oid}` };
    if (operation === 'upload')
      return { oid, size, ...(objects.has(oid) ? {} : { actions: { upload: link } }) };
    if (objects.has(oid)) return { oid, size, actions: { download: link } };
    return { oid, size, error: { code: 404, message: 'Object does not exist' } };
  });
  return { status: 200, headers: mediaType, body: { transfer: 'basic', objects: described } };
}

function store(objects: Repository['objects'], id: string, content: Buffer): Answer {
  if (createHash('sha256').update(content).digest('hex') !== id) return { ...notFound, status: 422 };
  objects.set(id, content);
  return { status: 200 };
}

function show(content: Buffer | undefined): Answer {
  return content === undefined
    ? notFound
    : { status: 200, headers: { 'content-type': 'application/octet-stream' }, body: content };
}
