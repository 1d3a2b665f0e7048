import { signerFile } from './credential-command.ts';
import { answered, filesOf, type GitMeans, type Keeping } from './git-answers.ts';
import { renderGitConfig } from './git-config.ts';
import { entry } from './git-config-syntax.ts';
import { gitEnvironment } from './git-environment.ts';
import { isBelow } from './git-rewrites.ts';
import { type GrantedSection, gitSections, type WrittenSection } from './git-sections.ts';
import type { GitGrant } from './grant.ts';
import { withoutRareSpellings } from './rare-spellings.ts';
import type { Scene } from './scene.ts';
import { nothing, type SessionFile, type SessionPlan, type SessionSetting } from './session-plan.ts';
import { gitWarnings } from './session-warnings.ts';
import { type SshChoice, sshCommand, sshFiles } from './ssh-files.ts';
import { sshRule } from './ssh-rule.ts';

/** Decides the files and variables that sign git in; none when no grant is for git. */
export function planGit(scene: Scene, setting: SessionSetting): SessionPlan {
  const { folder, earlier, gitFacts } = setting;
  const granted = setting.git === 'none' ? [] : gitSections(scene);
  if (granted.length === 0) return { ...nothing, git: earlier?.git ?? [] };
  const keeping = keepingIn(scene, setting);
  const own = answered(granted, keeping);
  const git = [...(earlier?.git ?? []), ...own];
  const choices = git.flatMap((section) => sshChoices(section, git));
  return {
    ...nothing,
    git,
    files: [
      ...scene.grants
        .filter((grant) => grant.git.length > 0)
        .flatMap((grant) => filesOf(grant, keeping(grant), answered(signedInBy(grant, granted), keeping))),
      ...(choices.length === 0 ? [] : sshFiles(choices)),
      ...signerFiles(own, setting),
      {
        name: 'gitconfig',
        content: renderGitConfig(withoutRareSpellings(git), gitFacts.version) + homeSsh(choices, setting),
      },
    ],
    environment: environmentOf(choices, setting),
    warnings: [
      ...gitWarnings(own, { ...gitFacts, known: earlier?.git ?? [] }),
      ...homeWarning(setting),
      ...headerWarning(own, setting),
    ],
    gitHome: setting.git === 'home' ? `${folder}/gitconfig` : null,
  };
}

/** Where the secret of a grant is kept, by its number among all. */
function keepingIn({ grants }: Scene, setting: SessionSetting): (grant: GitGrant) => Keeping {
  const { folder } = setting;
  const [places, means] = [placesOf(setting), meansOf(setting)];
  return (grant) => ({ folder, places, number: grants.indexOf(grant) + 1, means });
}

function signedInBy(grant: GitGrant, sections: readonly GrantedSection[]): readonly GrantedSection[] {
  return sections.filter((section) => section.does === 'sign-in' && section.grant === grant);
}

function environmentOf(
  choices: readonly SshChoice[],
  { folder, env, earlier }: SessionSetting,
): Record<string, string> {
  return {
    ...gitEnvironment(`${folder}/gitconfig`, env, earlier?.configFile ?? null),
    ...(choices.length === 0 ? {} : { GIT_SSH_COMMAND: sshCommand(folder, env.GIT_SSH_COMMAND || null) }),
    GIT_TERMINAL_PROMPT: '0',
    GCM_INTERACTIVE: 'never',
    CARGO_NET_GIT_FETCH_WITH_CLI: 'true',
  };
}

/** Programs that know nothing but the user's gitconfig do not know GIT_SSH_COMMAND either. */
function homeSsh(choices: readonly SshChoice[], { git, folder }: SessionSetting): string {
  if (git !== 'home' || choices.length === 0) return '';
  return `[core]\n${entry('sshCommand', sshCommand(folder, null))}`;
}

/** Security rule 24: what is given up is said. */
function homeWarning({ git }: SessionSetting): readonly string[] {
  if (git !== 'home') return [];
  return ['git: home: until cleanup, every git of this user signs in as this job does.'];
}

/** A file that only we may read makes git stop for everybody else, so this is the second choice. */
function headerWarning(own: readonly WrittenSection[], { gitFacts }: SessionSetting): readonly string[] {
  if (!own.some((section) => section.does === 'sign-in' && section.way === 'header')) return [];
  const version = gitFacts.version?.join('.') ?? 'of unknown version';
  return [
    `git ${version} takes no Bearer token from helpers, so it is a header: \`git config --list\` shows it, and git stops ` +
      'when another user runs it in this job. git 2.46 or newer needs no header.',
  ];
}

function signerFiles(own: readonly WrittenSection[], { signer }: SessionSetting): readonly SessionFile[] {
  const signs = own.some((section) => section.does === 'sign-in' && section.way === 'signer');
  return signs && signer !== null ? [{ name: signerFile, content: signer.code() }] : [];
}

/** Helpers give Bearer tokens to git 2.46 and newer. */
function meansOf({ gitFacts: { version }, signer }: SessionSetting): GitMeans {
  const [major, minor] = version ?? [0, 0];
  return {
    node: signer?.node ?? null,
    bearer: major > 2 || (major === 2 && minor >= 46) ? 'helper' : 'header',
  };
}

/** Container actions see the runner's temp folder at a fixed place: actions/runner, ContainerActionHandler.cs. */
function placesOf({ folder, env }: SessionSetting): readonly string[] {
  const temp = env.GITHUB_ACTIONS === 'true' ? (env.RUNNER_TEMP ?? '') : '';
  const isBelow = temp !== '' && folder.startsWith(`${temp}/`);
  return isBelow ? [folder, `/github/runner_temp${folder.slice(temp.length)}`] : [folder];
}

function sshChoices(section: WrittenSection, all: readonly WrittenSection[]): readonly SshChoice[] {
  const { prefix, rewrites } = section;
  if (section.does === 'block') return closedToKeys(section, all);
  if (section.does !== 'sign-in' || section.way !== 'ssh') return [];
  const { server, folder, number, readOnly } = section;
  const rule = sshRule(prefix, rewrites, server);
  return rule === null ? [] : [{ rule, folder, number, readOnly }];
}

/** Where nobody signs in, the key of a prefix above must not either. */
function closedToKeys(
  { prefix, rewrites }: WrittenSection,
  all: readonly WrittenSection[],
): readonly SshChoice[] {
  return all.flatMap((other) => {
    if (other.does !== 'sign-in' || other.way !== 'ssh' || !isBelow(prefix, other.prefix)) return [];
    const rule = sshRule(prefix, rewrites, other.server);
    return rule === null ? [] : [{ rule, folder: other.folder, number: null, readOnly: false }];
  });
}
