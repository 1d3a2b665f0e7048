import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { Failure } from '../../core/failure.ts';
import type { Finding, FoundFile } from '../../core/init/finding.ts';
import { type FirstManifest, firstManifest } from '../../core/init/first-manifest.ts';
import { gitFindings } from '../../core/init/git-remotes.ts';
import { dockerfileImages, nextflowImages, yamlImages } from '../../core/init/images.ts';
import { pipelineFindings, workflowFindings } from '../../core/init/workflow-steps.ts';
import { readManifests } from '../../core/manifest/read.ts';
import { gitProviders } from '../../providers/index.ts';
import { writeFileAtomically } from '../../system/atomic-file.ts';
import { checkoutFiles, gitConfigOf } from '../../system/checkout-files.ts';
import type { KeepingContext } from './context.ts';
import { emptyManifest } from './manifest-file.ts';

export interface InitRequest {
  /** Where the manifest goes; null for `pipeline-credentials.yml` here. */
  readonly manifest: string | null;
  readonly dryRun: boolean;
}

export interface InitResult extends FirstManifest {
  readonly path: string;
  /** How many files told something. */
  readonly files: number;
}

type Reader = (file: FoundFile) => readonly Finding[];

/** Which files tell something, and what reads them. */
const readers: readonly { readonly path: RegExp; readonly read: Reader }[] = [
  { path: /(?:^|\/)\.gitmodules$/, read: gitFindings },
  { path: /(?:^|\/)(?:Dockerfile|Containerfile)[^/]*$|\.[Dd]ockerfile$/, read: dockerfileImages },
  { path: /(?:^|\/)(?:docker-)?compose[^/]*\.ya?ml$/, read: yamlImages },
  {
    path: /(?:^|\/)(?:\.gitlab-ci|bitbucket-pipelines)[^/]*\.yml$/,
    read: (file) => [...yamlImages(file), ...pipelineFindings(file)],
  },
  {
    path: /^\.github\/workflows\/[^/]*\.ya?ml$/,
    read: (file) => [...workflowFindings(file), ...yamlImages(file)],
  },
  { path: /(?:^|\/)action\.ya?ml$/, read: workflowFindings },
  { path: /\.nf$|(?:^|\/)nextflow\.config$|(?:^|\/)conf\/[^/]*\.config$/, read: nextflowImages },
];

/**
 * Writes a first manifest from what a checkout says. Only files are read: nothing is run, nobody is asked.
 * @throws Failure `refused` when there is a manifest already.
 */
export function init({ manifest, dryRun }: InitRequest, { cwd }: KeepingContext): InitResult {
  const path = resolve(cwd, manifest ?? 'pipeline-credentials.yml');
  if (existsSync(path) && !dryRun) throw there(path);
  const findings = findAll(cwd);
  const head = emptyManifest.split('\n')[0] ?? '';
  const first = firstManifest(findings, { head, rules: gitProviders });
  const { problems } = readManifests([{ name: path, text: first.text, trust: 'trusted' }], gitProviders);
  const notes = problems
    .filter(({ severity }) => severity === 'error')
    .map(({ line, message, hint }) => `line ${line}: ${message} ${hint}`);
  if (!dryRun) writeFileAtomically(path, { content: first.text, mode: 0o644 });
  const files = new Set(findings.map(({ file }) => file)).size;
  return { ...first, path, files, notes: [...first.notes, ...notes] };
}

function findAll(root: string): readonly Finding[] {
  const config = gitConfigOf(root);
  const own = config === null ? [] : gitFindings({ path: '.git/config', text: config });
  const files = checkoutFiles(root, (path) => readers.some((one) => one.path.test(path)));
  const found = files.flatMap((file) =>
    readers.filter((one) => one.path.test(file.path)).flatMap(({ read }) => read(file)),
  );
  return [...own, ...found];
}

function there(path: string): Failure {
  return new Failure('refused', `There is a manifest already: ${path}.`, {
    hint: 'Look at what would be written with --dry-run, or name another file with --manifest.',
  });
}
