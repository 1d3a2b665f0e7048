import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runGit } from '../git.ts';

/** Path to content; of a submodule, to the commit it is at. */
export type Files = Readonly<Record<string, string>>;

export interface Contents {
  /** One commit each, oldest first; each adds to the files before it. */
  readonly commits: readonly Files[];
  /** Branches beside `main`: what they add on top of it. */
  readonly branches: Readonly<Record<string, Files>>;
  /** Names for the last commit of `main`. */
  readonly tags: readonly string[];
  readonly submodules: readonly Submodule[];
}

export interface Submodule {
  readonly path: string;
  readonly url: string;
  readonly commit: string;
}

const config = `[core]
	repositoryformatversion = 0
	filemode = true
	bare = true
[http]
	receivepack = true
[uploadpack]
	allowFilter = true
	allowAnySHA1InWant = true
[gc]
	auto = 0
`;

/**
 * Makes a bare repository with a branch `main`, in one process; the same contents give the same commits.
 * @returns the last commit of `main`.
 */
export async function createBareRepository(folder: string, contents: Contents): Promise<string> {
  await mkdir(join(folder, 'objects'), { recursive: true });
  await mkdir(join(folder, 'refs'), { recursive: true });
  await writeFile(join(folder, 'HEAD'), 'ref: refs/heads/main\n');
  await writeFile(join(folder, 'config'), config);
  await runGit(['fast-import', '--quiet', '--force'], { cwd: folder, input: fastImport(contents) });
  return (await readFile(join(folder, 'refs/heads/main'), 'utf8')).trim();
}

function fastImport(contents: Contents): string {
  const last = `:${contents.commits.length}`;
  const main = contents.commits.map((files, index) =>
    commit({ branch: 'main', from: index === 0 ? null : `:${index}`, mark: index + 1, files }, contents),
  );
  const branches = Object.entries(contents.branches).map(([branch, files]) =>
    commit({ branch, from: last, mark: null, files }, contents),
  );
  const tags = contents.tags.map((name) => `reset refs/tags/${name}\nfrom ${last}\n\n`);
  return [...main, ...branches, ...tags].join('');
}

interface Commit {
  readonly branch: string;
  readonly from: string | null;
  readonly mark: number | null;
  readonly files: Files;
}

function commit({ branch, from, mark, files }: Commit, { submodules }: Contents): string {
  const modules = submodules.map(
    ({ path, url }) => `[submodule "${path}"]\n\tpath = ${path}\n\turl = ${url}\n`,
  );
  const all = modules.length === 0 ? files : { ...files, '.gitmodules': modules.join('') };
  return [
    `commit refs/heads/${branch}`,
    ...(mark === null ? [] : [`mark :${mark}`]),
    'committer Demo <demo@example.com> 1767225600 +0000',
    data(`Add ${Object.keys(all).join(', ') || 'nothing'}`),
    ...(from === null ? [] : [`from ${from}`]),
    ...Object.entries(all).map(([path, content]) => `M 100644 inline ${path}\n${data(content)}`),
    ...submodules.map((submodule) => `M 160000 ${submodule.commit} ${submodule.path}`),
    '\n',
  ].join('\n');
}

function data(text: string): string {
  return `data ${Buffer.byteLength(text)}\n${text}`;
}
