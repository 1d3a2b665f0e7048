import { join } from 'node:path';
import { createBareRepository, type Files } from './bare-repository.ts';
import { addAccount, type Repository, type State } from './state.ts';

export interface RepositorySeed {
  /** `acme/rnaseq`; the owner becomes an organisation unless it is known. */
  readonly name: string;
  /** True by default. */
  readonly private?: boolean;
  /** The first commit; a README by default. */
  readonly files?: Files;
  /** Further commits on `main`. */
  readonly commits?: readonly Files[];
  readonly branches?: Readonly<Record<string, Files>>;
  readonly tags?: readonly string[];
  readonly submodules?: readonly SubmoduleSeed[];
}

export interface SubmoduleSeed {
  readonly path: string;
  /** `acme/stats`, seeded before; its last commit is taken. */
  readonly repository: string;
  /** What `.gitmodules` says; the forge's own https URL by default. */
  readonly url?: string;
}

/** @param place where bare repositories are kept, and the forge's URL. */
export async function addRepository(
  state: State,
  seed: RepositorySeed,
  place: { root: string; url: string },
): Promise<Repository> {
  const slash = seed.name.lastIndexOf('/');
  const name = seed.name.slice(slash + 1);
  const owner = addAccount(state, seed.name.slice(0, slash));
  const id = state.nextId();
  const folder = join(place.root, owner.login, `${name}.git`);
  const head = await createBareRepository(folder, {
    commits: [seed.files ?? { 'README.md': `# ${name}\n` }, ...(seed.commits ?? [])],
    branches: seed.branches ?? {},
    tags: seed.tags ?? [],
    submodules: (seed.submodules ?? []).map(({ path, repository, url }) => ({
      path,
      url: url ?? `${place.url}/${repository}.git`,
      commit: headOf(state, repository),
    })),
  });
  const fullName = `${owner.login}/${name}`;
  const made = { id, owner, name, fullName, private: seed.private ?? true, folder, head, objects: new Map() };
  state.repositories.set(fullName.toLowerCase(), made);
  return made;
}

function headOf(state: State, fullName: string): string {
  const found = state.repositories.get(fullName.toLowerCase());
  if (found === undefined) throw new Error(`submodule ${fullName}: seed that repository first`);
  return found.head;
}
