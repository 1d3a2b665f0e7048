import type { Credential } from '../manifest/manifest.ts';
import type { OwnMint } from './mint-plan.ts';
import { beyond, type Permissions, permissionsText, union } from './permissions.ts';
import type { AnyApp, Reach, ReachedRepository } from './reach.ts';

/** The most repositories that one mint may name. */
const mostNames = 500;

interface Wanted {
  readonly credential: Credential;
  readonly app: AnyApp;
  readonly reach: Reach;
}

/**
 * The tokens for one owner's repositories: `contents: read` and what the manifest adds, `contents: write` only for
 * those that a target writes to. One for each permission set; more only where one would name over 500 repositories.
 */
export function repositoryMints({ credential, app, reach }: Wanted): readonly OwnMint[] {
  const allowing = (access: 'read' | 'write') => union({ contents: access }, app.permissions);
  const own = { credential, origin: reach.origin, owner: reach.owner, registries: [] };
  const wide = reach.everything === null ? null : allowing(reach.everything);
  const left = reach.repositories
    .map((repository) => ({ repository, permissions: allowing(repository.access) }))
    .filter(({ permissions }) => wide === null || beyond(permissions, wide).length > 0);
  return [
    ...(wide === null ? [] : [{ ...own, ...everything(reach), permissions: wide }]),
    ...grouped(left).flatMap(({ permissions, repositories }) =>
      chunks(repositories).map((some) => ({ ...own, ...only(some), permissions })),
    ),
  ];
}

function everything({ origin, owner }: Reach): Pick<OwnMint, 'repositories' | 'git'> {
  const location = { ...origin, segments: [owner] };
  return { repositories: 'all', git: [{ location, kind: 'namespace', bare: false }] };
}

function only(repositories: readonly ReachedRepository[]): Pick<OwnMint, 'repositories' | 'git'> {
  return {
    repositories: repositories.map(({ location }) => location.segments[1] ?? ''),
    git: repositories.map(({ location, bare }) => ({ location, kind: 'repository', bare })),
  };
}

function grouped(
  wanted: readonly { readonly repository: ReachedRepository; readonly permissions: Permissions }[],
) {
  const groups = new Map<string, { permissions: Permissions; repositories: ReachedRepository[] }>();
  for (const { repository, permissions } of wanted) {
    const key = permissionsText(permissions);
    const group = groups.get(key) ?? { permissions, repositories: [] };
    group.repositories.push(repository);
    groups.set(key, group);
  }
  return [...groups.values()];
}

function chunks<T>(items: readonly T[]): readonly (readonly T[])[] {
  const starts = Array.from(
    { length: Math.ceil(items.length / mostNames) },
    (_none, index) => index * mostNames,
  );
  return starts.map((start) => items.slice(start, start + mostNames));
}
