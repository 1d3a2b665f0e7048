import { createHash, randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';

export interface Manifest {
  readonly mediaType: string;
  readonly content: Buffer;
  readonly digest: string;
}

/** What a registry keeps, in memory. A repository exists from its first manifest on. */
export interface ImageStore {
  readonly blobs: Map<string, Buffer>;
  /** Repository name to manifests by digest and by tag. */
  readonly repositories: Map<string, Map<string, Manifest>>;
  readonly uploads: Map<string, Buffer>;
}

/** Docker's own types and not OCI's: older command lines of docker read no others. */
const types = {
  manifest: 'application/vnd.docker.distribution.manifest.v2+json',
  config: 'application/vnd.docker.container.image.v1+json',
  layer: 'application/vnd.docker.image.rootfs.diff.tar.gzip',
};

export function emptyStore(): ImageStore {
  return { blobs: new Map(), repositories: new Map(), uploads: new Map() };
}

export function digestOf(content: Buffer): string {
  return `sha256:${createHash('sha256').update(content).digest('hex')}`;
}

export function putManifest(
  store: ImageStore,
  place: { name: string; reference: string },
  { mediaType, content }: Pick<Manifest, 'mediaType' | 'content'>,
): Manifest {
  const manifest = { mediaType, content, digest: digestOf(content) };
  const known = store.repositories.get(place.name) ?? new Map<string, Manifest>();
  store.repositories.set(place.name, known.set(manifest.digest, manifest).set(place.reference, manifest));
  return manifest;
}

export function tagsOf(store: ImageStore, name: string): string[] | null {
  const known = store.repositories.get(name);
  return known === undefined ? null : [...known.keys()].filter((key) => !key.includes(':')).sort();
}

export function startUpload(store: ImageStore): string {
  const id = randomUUID();
  store.uploads.set(id, Buffer.alloc(0));
  return id;
}

/** Puts an image of one empty layer at `team/app:1`. */
export function putTinyImage(store: ImageStore, image: string): Manifest {
  const [name = '', reference = 'latest'] = image.split(':');
  const tar = Buffer.alloc(1024);
  const layer = putBlob(store, gzipSync(tar));
  const config = putBlob(
    store,
    Buffer.from(
      JSON.stringify({
        architecture: 'amd64',
        os: 'linux',
        config: { Labels: { 'org.opencontainers.image.title': name } },
        rootfs: { type: 'layers', diff_ids: [digestOf(tar)] },
      }),
    ),
  );
  const content = Buffer.from(
    JSON.stringify({
      schemaVersion: 2,
      mediaType: types.manifest,
      config: { mediaType: types.config, ...config },
      layers: [{ mediaType: types.layer, ...layer }],
    }),
  );
  return putManifest(store, { name, reference }, { mediaType: types.manifest, content });
}

function putBlob(store: ImageStore, content: Buffer): { digest: string; size: number } {
  const digest = digestOf(content);
  store.blobs.set(digest, content);
  return { digest, size: content.length };
}
