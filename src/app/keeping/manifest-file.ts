import { existsSync, realpathSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { Failure, type Problem } from '../../core/failure.ts';
import { type Fault, isFault } from '../../core/fault.ts';
import { unpack } from '../../core/manifest/edit/packaging.ts';
import type { Manifest } from '../../core/manifest/manifest.ts';
import { type ManifestSource, readManifests } from '../../core/manifest/read.ts';
import { gitProviders } from '../../providers/index.ts';
import { writeFileAtomically } from '../../system/atomic-file.ts';
import { sweepLeftOvers } from '../../system/left-overs.ts';
import { isManifestPath } from '../../system/manifest-source.ts';
import { readTextFile } from '../../system/text-file.ts';
import { findManifests } from '../manifest.ts';
import type { KeepingContext } from './context.ts';

/** A manifest file while it is edited. */
export interface ManifestFile {
  /** Absolute, links followed. */
  readonly path: string;
  /** As it was read; the text of `source` is unpacked. */
  readonly source: ManifestSource;
  /** What the file held, to notice when somebody else writes it; null for one that is to be made. */
  readonly original: string | null;
  readonly pack: (text: string) => string;
}

/** What a manifest begins with. */
export const emptyManifest = [
  '# yaml-language-server: $schema=https://raw.githubusercontent.com/your-org/pipeline-credentials/v1/schema/manifest.schema.json',
  'version: 1',
  'credentials: []',
  '',
].join('\n');

/**
 * The manifest file to edit: the one named, else the one that PIPELINE_CREDENTIALS names by path, else
 * `pipeline-credentials.yml` here.
 * @throws Failure `manifest-missing` unless it may be made, `manifest-invalid` for one that cannot be edited.
 */
export async function openManifest(
  given: string | null,
  context: KeepingContext,
  { mayMake }: { mayMake: boolean },
): Promise<ManifestFile> {
  const path = pathOf(given, context);
  if (!existsSync(path) && mayMake) {
    const source: ManifestSource = { name: path, text: emptyManifest, trust: 'trusted' };
    return { path, source, original: null, pack: (text) => text };
  }
  const [source] = await findManifests({ text: null, files: [path], allowEnv: '' }, context);
  if (source === undefined) throw new TypeError('a file gives one source');
  const unpacked = unpack(source.text);
  if (isFault(unpacked)) throw new Failure('manifest-invalid', unpacked.message, { hint: unpacked.hint });
  return {
    path: realpathSync(path),
    source: { ...source, text: unpacked.text },
    original: source.text,
    pack: unpacked.pack,
  };
}

function pathOf(given: string | null, { env, cwd }: KeepingContext): string {
  const variable = env.PIPELINE_CREDENTIALS ?? '';
  if (given !== null && given !== '-') return resolve(cwd, given);
  if (given === null && variable.trim() !== '' && isManifestPath(variable)) return variable.trim();
  if (given === null) return resolve(cwd, 'pipeline-credentials.yml');
  throw new Failure('usage', 'A manifest on standard input cannot be edited in place.', {
    hint: 'Name a file with --manifest.',
  });
}

/**
 * The manifest that a text is, after an edit.
 * @throws Failure `manifest-invalid` with the errors that the edit brought; those that were there before may stay.
 */
export function checkEdited(file: ManifestFile, text: string): Manifest | null {
  const before = readManifests([file.source], gitProviders).problems.map(fingerprint);
  const { manifest, problems } = readManifests([{ ...file.source, text }], gitProviders);
  const brought = problems.filter(
    (problem) => problem.severity === 'error' && !before.includes(fingerprint(problem)),
  );
  if (brought.length === 0) return manifest;
  const [first] = brought;
  throw new Failure('manifest-invalid', `The manifest would have a mistake: ${first?.message}`, {
    hint: first?.hint ?? '',
    problems: brought,
  });
}

/** @throws Failure `manifest-invalid` for an edit that could not be made. */
export function editedText(result: string | Fault): string {
  if (isFault(result)) throw new Failure('manifest-invalid', result.message, { hint: result.hint });
  return result;
}

/** Positions and paths move with every edit. */
function fingerprint({ code, message }: Problem): string {
  return `${code} ${message}`;
}

/**
 * Writes the file, packed as it was, with the mode it had; a new one with 0600.
 * @throws Failure `refused` when somebody else wrote it meanwhile, `command-failed` when it cannot be written.
 */
export function saveManifest(file: ManifestFile, text: string): ManifestFile {
  if (readTextFile(file.path) !== file.original) throw changedMeanwhile(file);
  const packed = file.pack(text);
  try {
    const mode = file.original === null ? 0o600 : statSync(file.path).mode & 0o777;
    sweepLeftOvers(file.path);
    writeFileAtomically(file.path, { content: packed, mode, isDurable: true });
  } catch (error) {
    throw new Failure('command-failed', `The manifest file ${file.path} cannot be written.`, {
      hint: 'Check its owner and mode, and the room on the disk. It is as it was.',
      cause: error,
    });
  }
  return { ...file, source: { ...file.source, text }, original: packed };
}

function changedMeanwhile({ path }: ManifestFile): Failure {
  return new Failure('refused', `Somebody else changed ${path} meanwhile: it was left as it is.`, {
    hint: 'Run it again.',
  });
}
