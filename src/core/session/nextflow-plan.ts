import { isPrefix } from '../path-segments.ts';
import { webSite } from '../target/hosts.ts';
import type { GitGrant, GitPrefix } from './grant.ts';
import { chooseScm, type ScmCandidate, type ScmSignIn } from './nextflow-choice.ts';
import { renderScm } from './nextflow-scm.ts';
import { originOf, pathOf, type Scene } from './scene.ts';
import { nothing, type SessionPlan, type SessionSetting } from './session-plan.ts';

/** Nextflow reads no git configuration: it gets a file of its own, with one sign-in for each host. */
export function planNextflow(scene: Scene, setting: SessionSetting): SessionPlan {
  const { folder, git, nextflowFacts } = setting;
  if (git === 'none') return nothing;
  const { entries, warnings } = chooseScm(candidatesIn(scene));
  if (entries.length === 0) return { ...nothing, warnings: nextflowFacts.isUsed ? warnings : [] };
  const name = 'secret/nextflow-scm';
  const lost =
    'The scm file that NXF_SCM_FILE names is not on this machine: in this job Nextflow does without it.';
  return {
    ...nothing,
    files: [{ name, content: renderScm(entries, nextflowFacts.scm) }],
    environment: { NXF_SCM_FILE: `${folder}/${name}` },
    warnings: [...(nextflowFacts.isUsed ? warnings : []), ...(nextflowFacts.elsewhere ? [lost] : [])],
  };
}

function candidatesIn(scene: Scene): readonly ScmCandidate[] {
  return scene.grants.flatMap((grant) => {
    const origins = new Map(grant.git.map((prefix) => [originOf(prefix.location), prefix]));
    return [...origins.values()].flatMap((prefix) => candidate(grant, prefix, scene));
  });
}

function candidate(grant: GitGrant, { location }: GitPrefix, scene: Scene): readonly ScmCandidate[] {
  const { provider, root } = webSite(scene.hosts, location.scheme, location.host);
  if (provider === null) return [];
  return [
    {
      credential: nameOf(grant, location, scene),
      provider,
      // Below `scm` is no place of its own for Nextflow, which knows how Bitbucket's servers are built.
      server: { ...location, segments: root.filter((segment) => segment !== 'scm') },
      apiUrl: scene.catalog.byName.get(grant.credential)?.apiUrl ?? null,
      signIn: signInOf(grant),
      targets: targetsOf(grant, location, scene),
    },
  ];
}

/** A credential has several tokens at a host when its App is installed at several owners: then they are told apart. */
function nameOf({ credential, git }: GitGrant, { host }: { host: string }, { grants }: Scene): string {
  const owners = (prefixes: readonly GitPrefix[]) =>
    new Set(
      prefixes
        .filter(({ location }) => location.host === host)
        .map(({ location }) => location.segments[0] ?? ''),
    );
  const all = owners(grants.filter((grant) => grant.credential === credential).flatMap((grant) => grant.git));
  const own = [...owners(git)];
  return all.size > own.length ? `${credential} (${own.join(', ')})` : credential;
}

function signInOf(grant: GitGrant): ScmSignIn {
  if ('login' in grant) return { kind: 'basic', login: grant.login, email: grant.email ?? null };
  const { signIn } = grant;
  return signIn.kind === 'codecommit' ? { kind: 'aws', keys: signIn.keys } : { kind: signIn.kind };
}

/** How many targets at a host the grant is for. */
function targetsOf({ credential, git }: GitGrant, { host }: { host: string }, scene: Scene): number {
  const covered = git.map(({ location }) => pathOf(location, scene));
  return scene.selections.filter((selection) => {
    const { target } = selection;
    if (target.kind !== 'repository' || selection.credential?.name !== credential) return false;
    const path = pathOf(target.location, scene);
    return target.location.host === host && covered.some((prefix) => isPrefix(prefix, path));
  }).length;
}
