import { closeSync, openSync } from 'node:fs';
import { isAbsolute, resolve } from 'node:path';
import type { Fault } from '../core/fault.ts';
import { largestManifest } from '../core/manifest/encoding.ts';
import { missing, readBounded, unreadable } from './bounded-read.ts';
import { passesThrough } from './workspace.ts';

/** A manifest file as it was found. */
export interface FoundFile {
  readonly text: string;
  /** Whether whoever wrote the workspace had a say in what was read (security rule 1). */
  readonly fromWorkspace: boolean;
}

/** Reads a manifest file; `-` and pipes such as `<(sops -d ...)` are for the caller to allow. */
export function readManifestFile(
  path: string,
  { cwd, workspace }: { cwd: string; workspace: string | null },
): FoundFile | Fault {
  if (path.includes('\0')) return missing;
  const absolute = resolve(cwd, path);
  const fromWorkspace = workspace !== null && passesThrough(workspace, absolute);
  let file: number | null = null;
  try {
    file = openSync(absolute, 'r');
    const text = readBounded(file, largestManifest);
    return typeof text === 'string' ? { text, fromWorkspace } : text;
  } catch (error) {
    return refusals[(error as NodeJS.ErrnoException).code ?? ''] ?? unreadable;
  } finally {
    if (file !== null) closeSync(file);
  }
}

/**
 * What the variable holds: the path of a file, when it is absolute, one line and short; else the manifest itself
 * (security rule 2).
 */
export function isManifestPath(value: string): boolean {
  const path = value.trim();
  return isAbsolute(path) && !/[\r\n]/.test(path) && Buffer.byteLength(path) <= 4096;
}

const folder: Fault = {
  code: 'file-folder',
  message: 'is a folder',
  hint: 'Name the file in it.',
};
const refusals: Readonly<Record<string, Fault>> = { ENOENT: missing, ENAMETOOLONG: missing, EISDIR: folder };
