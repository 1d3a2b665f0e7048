import { type Problem, problemAt } from '../../core/failure.ts';
import type { Credential, Manifest } from '../../core/manifest/manifest.ts';
import { type Catalog, compileCatalog } from '../../core/selection/catalog.ts';
import { choose } from '../../core/selection/choose.ts';
import type { Selection } from '../../core/selection/selection.ts';
import { compileHosts } from '../../core/target/hosts.ts';
import { isProblem, parseTarget } from '../../core/target/parse-target.ts';
import type { Target } from '../../core/target/target.ts';
import { gitProviders } from '../../providers/index.ts';

/** What is wrong with the manifest's targets, which of them nothing can serve, and which credentials serve none. */
export function targetAdvice(manifest: Manifest, now: Date): readonly Problem[] {
  const { credentials } = manifest;
  const hosts = compileHosts(credentials, gitProviders);
  const parsed = manifest.targets.map((request) => parseTarget(hosts, request));
  const targets = parsed.flatMap((each) => (isProblem(each) ? [] : [each]));
  const selections = selectEverywhere(compileCatalog(credentials, gitProviders), targets, now);
  return [...parsed.filter(isProblem), ...unserved(selections), ...unused(credentials, targets, selections)];
}

/** Selections by target, one for no environment and for each that the manifest names. */
function selectEverywhere(
  catalog: Catalog,
  targets: readonly Target[],
  now: Date,
): readonly (readonly Selection[])[] {
  const named = catalog.credentials.flatMap(({ environments }) => environments ?? []);
  const environments = [...new Set([null, ...named])];
  return targets.map((target) =>
    environments.map((environment) => choose(catalog, target, { now, environment })),
  );
}

/** Targets that fail in whichever environment. */
function unserved(selections: readonly (readonly Selection[])[]): readonly Problem[] {
  return selections.flatMap((everywhere) => {
    const problems = everywhere.map(({ problem }) => problem);
    const [first] = problems;
    return first && !problems.includes(null) ? [{ ...first, severity: 'warning' as const }] : [];
  });
}

/** Credentials that no target gets in any environment, where there are targets of all the kinds they could serve. */
function unused(
  credentials: readonly Credential[],
  targets: readonly Target[],
  selections: readonly (readonly Selection[])[],
): readonly Problem[] {
  const winners = new Set(selections.flat().map(({ credential }) => credential));
  const listed = new Set(targets.map(({ kind }) => kind));
  return credentials
    .filter(({ active }) => active)
    .filter((credential) => !winners.has(credential) && kindsOf(credential).every((kind) => listed.has(kind)))
    .map(({ name, place }) => {
      const message = `${name} serves none of the targets.`;
      return problemAt(place, { code: 'credential-unused', message, hint: unusedHint }, 'warning');
    });
}

/** What a credential could serve; with no target of a kind, every active one is set up for it. */
function kindsOf({ provider, registries }: Credential): readonly Target['kind'][] {
  const git = provider === 'registry' ? [] : (['repository'] as const);
  return registries.length === 0 ? git : [...git, 'registry'];
}

const unusedHint = 'Remove it, list what it is for, or ask `explain` why another one wins.';
