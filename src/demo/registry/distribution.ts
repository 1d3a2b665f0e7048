import type { IncomingMessage } from 'node:http';
import { type Answer, readBody } from '../answer.ts';
import type { Access } from './access.ts';
import { digestOf, type ImageStore, putManifest, startUpload, tagsOf } from './image-store.ts';

/** One request below `/v2/`, read by the OCI distribution specification. */
export interface DistributionRequest {
  readonly method: string;
  /** The repository. */
  readonly name: string;
  readonly kind: 'manifests' | 'blobs' | 'uploads' | 'tags';
  /** A tag, a digest or an upload's id. */
  readonly reference: string;
  readonly query: URLSearchParams;
}

const path = /^\/v2\/(.+)\/(?:(manifests)\/([^/]+)|blobs\/(uploads)\/([^/]*)|(blobs)\/([^/]+)|(tags)\/list)$/;

/** Null when the path is none of the protocol. */
export function readDistributionRequest(request: IncomingMessage): DistributionRequest | null {
  const url = new URL(request.url ?? '/', 'http://registry');
  const found = path.exec(decodeURIComponent(url.pathname));
  if (found === null) return null;
  const [, name = '', manifests, manifest, uploads, upload, blobs, blob, tags] = found;
  return {
    method: request.method ?? '',
    name,
    kind: (manifests ?? uploads ?? blobs ?? tags) as DistributionRequest['kind'],
    reference: manifest ?? upload ?? blob ?? '',
    query: url.searchParams,
  };
}

/** What somebody must be allowed for it. */
export function accessFor({ method, name }: DistributionRequest): Access {
  return { name, actions: method === 'GET' || method === 'HEAD' ? ['pull'] : ['pull', 'push'] };
}

export function refusal(status: number, code: string, message: string): Answer {
  return { status, body: { errors: [{ code, message, detail: null }] } };
}

/** Answers a request that is allowed. */
export async function answerDistribution(
  store: ImageStore,
  asked: DistributionRequest,
  request: IncomingMessage,
): Promise<Answer> {
  const reading = asked.method === 'GET' || asked.method === 'HEAD';
  if (asked.kind === 'tags') return listTags(store, asked);
  if (asked.kind === 'manifests') {
    return reading ? showManifest(store, asked) : writeManifest(store, asked, request);
  }
  if (asked.kind === 'blobs') return showBlob(store, asked);
  return writeBlob(store, asked, await readBody(request));
}

function listTags(store: ImageStore, { name, query }: DistributionRequest): Answer {
  const tags = tagsOf(store, name);
  if (tags === null) return refusal(404, 'NAME_UNKNOWN', 'repository name not known to registry');
  const count = Number(query.get('n') ?? tags.length);
  return { status: 200, body: { name, tags: tags.slice(0, count) } };
}

function showManifest(store: ImageStore, { name, reference }: DistributionRequest): Answer {
  const known = store.repositories.get(name);
  if (known === undefined) return refusal(404, 'NAME_UNKNOWN', 'repository name not known to registry');
  const found = known.get(reference);
  if (found === undefined) return refusal(404, 'MANIFEST_UNKNOWN', 'manifest unknown');
  const headers = { 'content-type': found.mediaType, 'docker-content-digest': found.digest };
  return { status: 200, headers, body: found.content };
}

async function writeManifest(
  store: ImageStore,
  { name, reference }: DistributionRequest,
  request: IncomingMessage,
): Promise<Answer> {
  const mediaType = request.headers['content-type'] ?? 'application/octet-stream';
  const { digest } = putManifest(store, { name, reference }, { mediaType, content: await readBody(request) });
  const headers = { location: `/v2/${name}/manifests/${digest}`, 'docker-content-digest': digest };
  return { status: 201, headers };
}

function showBlob(store: ImageStore, { reference }: DistributionRequest): Answer {
  const found = store.blobs.get(reference);
  if (found === undefined) return refusal(404, 'BLOB_UNKNOWN', 'blob unknown to registry');
  const headers = { 'content-type': 'application/octet-stream', 'docker-content-digest': reference };
  return { status: 200, headers, body: found };
}

/** POST starts an upload, PATCH adds to it, PUT (or POST with a digest) ends it, DELETE calls it off. */
function writeBlob(
  store: ImageStore,
  { method, name, reference, query }: DistributionRequest,
  chunk: Buffer,
): Answer {
  const id = method === 'POST' ? startUpload(store) : reference;
  const before = store.uploads.get(id);
  if (before === undefined) return refusal(404, 'BLOB_UPLOAD_UNKNOWN', 'blob upload unknown to registry');
  if (method === 'DELETE') return store.uploads.delete(id) ? { status: 204 } : { status: 404 };
  const content = Buffer.concat([before, chunk]);
  const digest = query.get('digest');
  if (digest === null) {
    store.uploads.set(id, content);
    const headers = {
      location: `/v2/${name}/blobs/uploads/${id}`,
      range: `0-${Math.max(0, content.length - 1)}`,
    };
    return { status: 202, headers };
  }
  store.uploads.delete(id);
  if (digestOf(content) !== digest) return refusal(400, 'DIGEST_INVALID', 'digest did not match content');
  store.blobs.set(digest, content);
  return {
    status: 201,
    headers: { location: `/v2/${name}/blobs/${digest}`, 'docker-content-digest': digest },
  };
}
