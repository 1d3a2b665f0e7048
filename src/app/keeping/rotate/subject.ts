import { Failure } from '../../../core/failure.ts';
import { isFault } from '../../../core/fault.ts';
import { unpack } from '../../../core/manifest/edit/packaging.ts';
import { mainSecret } from '../../../core/manifest/main-secret.ts';
import type { Credential, Manifest, Reference, ResolvedSignIn } from '../../../core/manifest/manifest.ts';
import { type ManifestSource, readManifests } from '../../../core/manifest/read.ts';
import type { Secret } from '../../../core/secret.ts';
import { gitProviders } from '../../../providers/index.ts';
import { findManifests } from '../../manifest.ts';
import { resolveSignIn } from '../../references.ts';
import type { KeepingContext } from '../context.ts';
import type { RotateRequest } from './request.ts';

/** The manifest that a rotation works on, out of base64. */
export interface Ground {
  readonly source: ManifestSource;
  readonly manifest: Manifest;
  readonly pack: (text: string) => string;
  /** The file it was read from; null for a variable or standard input. */
  readonly path: string | null;
}

/** A credential that is to get a new secret. */
export interface Subject {
  readonly credential: Credential;
  readonly signIn: ResolvedSignIn;
  /** Where the manifest has the secret. */
  readonly reference: Reference;
  readonly current: Secret;
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
    path: file === undefined || file === '-' ? null : file,
  };
}

/** @throws Failure `usage` for an unknown name, `reference-unresolved` when its secret is not at hand. */
export function subjectOf(name: string, { manifest }: Ground, context: KeepingContext): Subject {
  const credential = manifest.credentials.find((one) => one.name === name);
  if (credential === undefined) {
    throw new Failure('usage', 'The manifest has no credential of that name.', {
      hint: '`credential list` shows the names.',
    });
  }
  const signIn = resolveSignIn(credential, context);
  const current = mainSecret(signIn);
  context.know(current);
  return { credential, signIn, reference: mainSecret(credential.signIn), current };
}

function oneOnly(): Failure {
  return new Failure('usage', 'One manifest is looked after at a time.', {
    hint: 'Name one with --manifest.',
  });
}
