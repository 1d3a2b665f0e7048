import type { Env } from '../env.ts';
import { answered, filesOf, type GitMeans, type Keeping } from './git-answers.ts';
import { renderGitConfig, type WrittenSection } from './git-config.ts';
import { gitEnvironment } from './git-environment.ts';
import type { GitScene } from './git-scene.ts';
import { gitSections } from './git-sections.ts';
import type { GitGrant } from './grant.ts';
import type { SessionFile } from './plan.ts';
import { type SshChoice, sshCommand, sshFiles } from './ssh-files.ts';
import { sshRule } from './ssh-rule.ts';

/** What signing in to git is planned from. */
export interface GitPlanInput extends GitScene {
  /** Absolute path of the session folder. */
  readonly folder: string;
  /** The environment that the later steps of the job start from. */
  readonly env: Env;
  /** What earlier setups of the job wrote for git, oldest first. */
  readonly earlier: readonly WrittenSection[];
  /** By default what works without knowing the machine. */
  readonly means?: GitMeans;
}

export interface GitPlan {
  /** Earlier sections and our own. */
  readonly sections: readonly WrittenSection[];
  readonly files: readonly SessionFile[];
  readonly environment: Readonly<Record<string, string>>;
}

const unknownMachine: GitMeans = { signer: null, bearer: 'header' };

/** Decides the files and variables that sign git in; none when no grant is for git. */
export function planGit(input: GitPlanInput): GitPlan {
  const { folder, grants, env, earlier, means = unknownMachine } = input;
  const keeping = (grant: GitGrant): Keeping => ({ folder, number: grants.indexOf(grant) + 1, means });
  const granted = gitSections(input);
  if (granted.length === 0) return { sections: earlier, files: [], environment: {} };
  const sections = [...earlier, ...answered(granted, keeping)];
  const choices = sections.flatMap(sshChoice);
  const sectionsOf = (grant: GitGrant) =>
    answered(
      granted.filter((section) => section.does === 'sign-in' && section.grant === grant),
      keeping,
    );
  return {
    sections,
    files: [
      ...grants.flatMap((grant) => filesOf(grant, keeping(grant), sectionsOf(grant))),
      ...(choices.length === 0 ? [] : sshFiles(choices)),
      { name: 'gitconfig', content: renderGitConfig(sections) },
    ],
    environment: {
      ...gitEnvironment(`${folder}/gitconfig`, env),
      ...(choices.length === 0 ? {} : { GIT_SSH_COMMAND: sshCommand(folder, env.GIT_SSH_COMMAND || null) }),
      GIT_TERMINAL_PROMPT: '0',
      GCM_INTERACTIVE: 'never',
      CARGO_NET_GIT_FETCH_WITH_CLI: 'true',
    },
  };
}

function sshChoice(section: WrittenSection): readonly SshChoice[] {
  if (section.does !== 'sign-in' || section.way !== 'ssh') return [];
  const { prefix, rewrites, server, folder, number, readOnly } = section;
  const rule = sshRule(prefix, rewrites, server);
  return rule === null ? [] : [{ rule, folder, number, readOnly }];
}
