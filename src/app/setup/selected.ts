import { Failure, failureOf, type Problem } from '../../core/failure.ts';
import type { Credential, Manifest, TargetRequest } from '../../core/manifest/manifest.ts';
import { type Catalog, compileCatalog } from '../../core/selection/catalog.ts';
import { choose } from '../../core/selection/choose.ts';
import { raisedAccess } from '../../core/selection/raised-access.ts';
import type { Circumstances, Selection } from '../../core/selection/selection.ts';
import { compileHosts, type HostTable } from '../../core/target/hosts.ts';
import { isProblem, parseTarget, parseTargetLine } from '../../core/target/parse-target.ts';
import type { Target } from '../../core/target/target.ts';
import { gitProviders } from '../../providers/index.ts';

/** The manifest compiled for one job, and what serves each of its targets. */
export interface Selected {
  readonly catalog: Catalog;
  readonly hosts: HostTable;
  /** The credentials this job may use at all. */
  readonly credentials: readonly Credential[];
  readonly circumstances: Circumstances;
  readonly selections: readonly Selection[];
}

/** The part of a request that selection depends on. */
export interface SelectionRequest {
  readonly manifest: Manifest;
  /** Lines that replace the manifest's repositories; null keeps those. */
  readonly repositories: readonly string[] | null;
  readonly registries: readonly string[] | null;
  /** Names of the only credentials to use; null means all. */
  readonly credentials: readonly string[] | null;
  readonly environment: string | null;
}

/**
 * Chooses for every target of a job: those of the inputs, else the manifest's.
 * @throws Failure `target-invalid` with every target that cannot be read or served as it asks.
 */
export function selectForJob(request: SelectionRequest, now: Date): Selected {
  const { unreadable, ...selected } = selectAll(request, now);
  refuse([...unreadable, ...selected.selections.flatMap(({ problem }) => problem ?? [])]);
  return selected;
}

/**
 * The same, with targets that cannot be served as they ask among the others.
 * @throws Failure `target-invalid` with every target that cannot be read, or asks for more than the manifest allows.
 */
export function selectReadable(request: SelectionRequest, now: Date): Selected {
  const { unreadable, ...selected } = selectAll(request, now);
  refuse(unreadable);
  return selected;
}

function selectAll(
  request: SelectionRequest,
  now: Date,
): Selected & { readonly unreadable: readonly Problem[] } {
  const credentials = onlyNamed(request.manifest.credentials, request.credentials);
  const circumstances = { now, environment: request.environment };
  const catalog = compileCatalog(credentials, gitProviders);
  const hosts = compileHosts(request.manifest.credentials, gitProviders);
  const parsed = targetRequests(request).map((one) => parseTarget(hosts, one));
  const targets = parsed.filter(isTarget);
  const listed = request.manifest.targets.map((one) => parseTarget(hosts, one)).filter(isTarget);
  const selections = targets.map((target) => choose(catalog, target, circumstances));
  const unreadable = [...parsed.filter(isProblem), ...raisedAccess(targets, listed, gitProviders)];
  return { catalog, hosts, credentials, circumstances, selections, unreadable };
}

/** Targets given as inputs replace the manifest's list of that kind; they never raise what it allows. */
function targetRequests({ manifest, repositories, registries }: SelectionRequest): readonly TargetRequest[] {
  const given = { repository: repositories, registry: registries };
  return (['repository', 'registry'] as const).flatMap((kind) => {
    const lines = given[kind];
    return lines === null
      ? manifest.targets.filter((target) => target.kind === kind)
      : lines.map((line) => parseTargetLine(line, kind));
  });
}

function isTarget(parsed: Target | Problem): parsed is Target {
  return !isProblem(parsed);
}

function onlyNamed(
  credentials: readonly Credential[],
  names: readonly string[] | null,
): readonly Credential[] {
  if (names === null) return credentials;
  const unknown = names.filter((name) => !credentials.some((credential) => credential.name === name));
  if (unknown.length > 0) {
    throw new Failure(
      'usage',
      `The input credentials names what the manifest does not have (${unknown.length}).`,
      {
        hint: `The manifest has ${credentials.map(({ name }) => name).join(', ') || 'no credentials'}.`,
      },
    );
  }
  return credentials.filter(({ name }) => names.includes(name));
}

function refuse(problems: readonly Problem[]): void {
  const [first, ...others] = problems;
  if (first !== undefined) throw failureOf('target-invalid', [first, ...others]);
}
