import { isAbsolute, relative, resolve, sep } from 'node:path';
import { prose } from '../../core/prose.ts';
import type { JobContext } from '../job-context.ts';
import type { ManifestRequest } from '../manifest.ts';

/**
 * Which file a manifest is, by its name in `Place`: its path from the workspace's root, for annotations. Null for one
 * that came by an input, a variable or standard input, or lies elsewhere.
 */
export function manifestFiles(
  { text, files }: ManifestRequest,
  { cwd, job }: Pick<JobContext, 'cwd' | 'job'>,
): (source: string | null) => string | null {
  const { workspace } = job;
  const inWorkspace = (path: string | undefined): string | null => {
    if (path === undefined || path === '-' || workspace === null) return null;
    const way = relative(workspace, resolve(cwd, path));
    return way.startsWith('..') || isAbsolute(way) ? null : way.split(sep).join('/');
  };
  const isOnly = (text ?? '') === '' && files.length === 1;
  return (source) =>
    source === null
      ? isOnly
        ? inWorkspace(files[0])
        : null
      : inWorkspace(files.find((path) => prose(path, []) === source));
}
