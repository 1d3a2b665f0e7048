import { Failure } from '../../../core/failure.ts';
import { isFault } from '../../../core/fault.ts';
import { unpack } from '../../../core/manifest/edit/packaging.ts';
import type { Manifest } from '../../../core/manifest/manifest.ts';
import { type ManifestSource, readManifests } from '../../../core/manifest/read.ts';
import { gitProviders } from '../../../providers/index.ts';
import { isManifestPath } from '../../../system/manifest-source.ts';
import { findManifests } from '../../manifest.ts';
import type { KeepingContext } from '../context.ts';
import type { RotateRequest } from './request.ts';

/** The manifest that a rotation works on, out of base64. */
export interface Ground {
  /** As jobs have it by now: a rotation that stored another changes it. */
  source: ManifestSource;
  readonly manifest: Manifest;
  readonly pack: (text: string) => string;
  /** The file it was read from; null for a variable or standard input. */
  readonly path: string | null;
}

/** @throws Failure as `loadManifest` does; `usage` for more than one manifest. */
export async function groundOf(request: RotateRequest, context: KeepingContext): Promise<Ground> {
  const [source, ...others] = await findManifests(request.manifest, context);
  if (source === undefined || others.length > 0) throw oneOnly();
  const unpacked = unpack(source.text);
  if (isFault(unpacked)) throw new Failure('manifest-invalid', unpacked.message, { hint: unpacked.hint });
  const plain = { ...source, text: unpacked.text };
  const { manifest, problems } = readManifests([plain], gitProviders);
  if (manifest === null) {
    throw new Failure('manifest-invalid', 'The manifest has errors: nothing was rotated.', {
      hint: 'Correct it; `lint` checks it without secrets.',
      problems: problems.filter(({ severity }) => severity === 'error'),
    });
  }
  const [file] = request.manifest.files;
  return {
    source: plain,
    manifest,
    pack: unpacked.pack,
    path: file === undefined ? namedFile(context) : file === '-' ? null : file,
  };
}

/** The file that PIPELINE_CREDENTIALS names; in CI it is a copy of what a store has. */
function namedFile({ env, job }: KeepingContext): string | null {
  const named = env.PIPELINE_CREDENTIALS ?? '';
  return job.ci === 'none' && isManifestPath(named) ? named.trim() : null;
}

/** Whether the file that the manifest came from is the one to change: in CI it is a copy. */
export function editsFile({ path }: Ground, { job }: KeepingContext): boolean {
  return job.ci === 'none' && path !== null;
}

function oneOnly(): Failure {
  return new Failure('usage', 'One manifest is looked after at a time.', {
    hint: 'Name one with --manifest.',
  });
}
