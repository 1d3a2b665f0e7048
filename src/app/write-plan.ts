import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Env } from '../core/env.ts';
import { Failure } from '../core/failure.ts';
import { Secret } from '../core/secret.ts';
import { dockerConfig } from '../core/session/docker-config.ts';
import { type Revocation, renderRevocations } from '../core/session/revocation.ts';
import type { SessionFile, SessionPlan } from '../core/session/session-plan.ts';
import { type DockerFacts, linkBuildxFolder, linkDockerFolder } from '../system/docker-files.ts';
import { changeDockerHome, dockerHome } from '../system/docker-home.ts';
import type { UserId } from '../system/find-sessions.ts';
import { changeGitHome, gitHome } from '../system/git-home.ts';
import { lockOf } from '../system/home-file.ts';
import type { ProcessTable } from '../system/process-table.ts';
import {
  type SessionFolder,
  type SessionHandle,
  writeSessionFile,
  writeUndo,
} from '../system/session-folder.ts';
import { isAlive } from './close-session.ts';

interface Planned {
  readonly session: SessionFolder;
  readonly plan: SessionPlan;
  readonly revocations: readonly Revocation[];
  readonly dockerFacts: DockerFacts;
  readonly env: Env;
  readonly user: UserId;
  readonly table: ProcessTable | null;
  readonly remember: (handle: SessionHandle) => void;
}

/** Does what was planned, what to undo first. */
export function writePlan(planned: Planned): SessionHandle {
  const { session, plan, dockerFacts } = planned;
  const handle = recordUndo(planned);
  planned.remember(handle);
  for (const file of filesOf(planned)) writeSessionFile(session, file);
  const { DOCKER_CONFIG: folder, BUILDX_CONFIG: buildx } = plan.environment;
  if (buildx !== undefined && planned.env.BUILDX_CONFIG !== undefined) {
    linkBuildxFolder(planned.env.BUILDX_CONFIG, buildx);
  }
  if (folder !== undefined && dockerFacts.folder !== null) linkDockerFolder(dockerFacts.folder, folder);
  if (plan.dockerHome !== null) changeDocker(planned, plan.dockerHome);
  if (plan.gitHome !== null) changeGit(planned, plan.gitHome);
  return handle;
}

function recordUndo({ session, plan, env }: Planned): SessionHandle {
  const variables = Object.entries(plan.environment).map(
    ([name, after]) => [name, { before: env[name] ?? null, after }] as const,
  );
  const docker = plan.dockerHome === null ? null : lockOf(dockerHome, homeOf(env, 'docker'));
  return writeUndo(session, {
    variables: Object.fromEntries(variables),
    dockerHome: docker,
    makesDockerFolder: docker !== null && !existsSync(dirname(docker)),
    gitHome: plan.gitHome === null ? null : lockOf(gitHome, homeOf(env, 'git')),
  });
}

/** Tokens to revoke come first. `git.json` is for a second setup; it names repositories, which may be private. */
function filesOf({ plan, revocations }: Planned): readonly SessionFile[] {
  const git = { name: 'git.json', content: new Secret(JSON.stringify(plan.git)) };
  const revoke = { name: 'secret/revoke.json', content: renderRevocations(revocations) };
  return [...(revocations.length === 0 ? [] : [revoke]), ...plan.files, git];
}

function changeDocker(
  { session, dockerFacts, env, user, table }: Planned,
  logins: NonNullable<SessionPlan['dockerHome']>,
): void {
  changeDockerHome({
    home: homeOf(env, 'docker'),
    session: { path: session.path, identity: session.record.identity },
    want: (config) => dockerConfig({ config, stored: dockerFacts.seed.stored }, logins),
    isAlive: (holder) => isAlive(holder, user, table),
  });
}

function changeGit({ session, env, user, table }: Planned, configFile: string): void {
  changeGitHome({
    home: homeOf(env, 'git'),
    session: { path: session.path, identity: session.record.identity },
    configFile,
    isAlive: (holder) => isAlive(holder, user, table),
  });
}

function homeOf({ HOME: home }: Env, input: 'docker' | 'git'): string {
  if (home !== undefined && home !== '') return home;
  throw new Failure('refused', `\`${input}: home\` needs to know where home is, and HOME is not set.`, {
    hint: `Set HOME, or use \`${input}: private\`.`,
  });
}
