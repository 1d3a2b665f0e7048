import type { Job } from '../ci/job.ts';
import type { Env } from '../core/env.ts';
import { Failure } from '../core/failure.ts';
import { isFault } from '../core/fault.ts';
import { type AllowEnv, parseAllowEnv } from '../core/manifest/allow-env.ts';
import type { Manifest } from '../core/manifest/manifest.ts';
import { type ManifestSource, readManifests } from '../core/manifest/read.ts';
import { prose } from '../core/prose.ts';
import { gitProviders } from '../providers/index.ts';
import { isManifestPath, readManifestFile } from '../system/manifest-source.ts';

/** Which manifests a person or a workflow gave; with none it is the variable `PIPELINE_CREDENTIALS`. */
export interface ManifestRequest {
  /** The manifest itself, as the action's input `manifest` has it; empty counts as not given. */
  readonly text: string | null;
  /** Paths; `-` is standard input. */
  readonly files: readonly string[];
  /** Lines of `NAME=HOST[,HOST]` (security rule 1). */
  readonly allowEnv: string;
}

export interface ManifestContext {
  readonly env: Env;
  /** Absolute; what relative paths start from. */
  readonly cwd: string;
  readonly job: Pick<Job, 'workspace' | 'foreignEvent' | 'withheld'>;
  /** All of standard input. */
  readonly readInput: () => Promise<string>;
}

/**
 * The manifests of a job, read, checked and merged.
 * @throws Failure `manifest-missing`, `manifest-invalid` with every problem, `refused` for a manifest of a workspace
 * that strangers wrote, `usage`.
 */
export async function loadManifest(request: ManifestRequest, context: ManifestContext): Promise<Manifest> {
  const sources = await findManifests(request, context);
  const { manifest, problems } = readManifests(sources, gitProviders);
  if (manifest !== null) return manifest;
  const errors = problems.filter(({ severity }) => severity === 'error');
  throw new Failure(
    'manifest-invalid',
    `The manifest has ${errors.length === 1 ? 'an error' : `${errors.length} errors`}.`,
    {
      hint: 'Correct it; `lint` checks it without secrets, and docs/manifest.md shows every key by example.',
      problems,
    },
  );
}

/** The texts of the manifests, and how far each is trusted. Throws as `loadManifest` does. */
export async function findManifests(
  request: ManifestRequest,
  context: ManifestContext,
): Promise<readonly ManifestSource[]> {
  const allowEnv = parseAllowEnv(request.allowEnv);
  if (isFault(allowEnv)) throw new Failure('usage', allowEnv.message, { hint: allowEnv.hint });
  const sources: ManifestSource[] = [];
  if (!isBlank(request.text)) {
    sources.push({ name: 'the input `manifest`', text: request.text ?? '', trust: 'trusted' });
  }
  for (const path of request.files) {
    sources.push(
      path === '-'
        ? { name: 'standard input', text: await context.readInput(), trust: 'trusted' }
        : fromFile(path, { name: prose(path, []), failed: givenFile(path), allowEnv, context }),
    );
  }
  return sources.length > 0 ? sources : [fromVariable(allowEnv, context)];
}

function fromVariable(allowEnv: AllowEnv, context: ManifestContext): ManifestSource {
  const name = 'PIPELINE_CREDENTIALS';
  const value = context.env[name] ?? '';
  if (isBlank(value)) throw missing(context);
  if (!isManifestPath(value)) return { name, text: value, trust: 'trusted' };
  return fromFile(value.trim(), { name, failed: `The file that ${name} names`, allowEnv, context });
}

interface FileRequest {
  /** How problems name the file. */
  readonly name: string;
  /** How to call it when it cannot be read. */
  readonly failed: string;
  readonly allowEnv: AllowEnv;
  readonly context: ManifestContext;
}

function fromFile(path: string, { name, failed, allowEnv, context }: FileRequest): ManifestSource {
  const { cwd, job } = context;
  const found = readManifestFile(path, { cwd, workspace: job.workspace });
  if (isFault(found))
    throw new Failure('manifest-missing', `${failed} ${found.message}.`, { hint: found.hint });
  const { text, fromWorkspace } = found;
  if (fromWorkspace && job.foreignEvent !== null) throw foreign(job.foreignEvent);
  return { name, text, trust: fromWorkspace ? { allowEnv } : 'trusted' };
}

/** What is no file may be the manifest itself, or a secret, given by mistake: then it must not be shown. */
function givenFile(path: string): string {
  return /^[\w ./\\:~+-]{1,200}\.(?:ya?ml|json)$/i.test(path)
    ? `The manifest file ${path}`
    : 'A manifest file';
}

function foreign(event: string): Failure {
  return new Failure(
    'refused',
    `A manifest in the workspace is not read on ${event}: strangers may have written it.`,
    {
      hint: 'Give the manifest by a secret, or run the workflow on another event.',
    },
  );
}

function missing({ job }: ManifestContext): Failure {
  return new Failure('manifest-missing', 'There is no manifest.', {
    hint:
      job.withheld ??
      'Give it by the input `manifest`, by --manifest FILE on the command line, or by the variable PIPELINE_CREDENTIALS (YAML, base64 of it, or the path of a file).',
  });
}

function isBlank(text: string | null): boolean {
  return text === null || text.trim() === '';
}
