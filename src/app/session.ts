import { join } from 'node:path';
import { childEnvironment } from '../core/child-environment.ts';
import type { Env } from '../core/env.ts';
import { Failure } from '../core/failure.ts';
import { Secret } from '../core/secret.ts';
import type { Signer } from '../core/session/answer.ts';
import { dockerConfig } from '../core/session/docker-config.ts';
import { planSession } from '../core/session/plan.ts';
import { type Revocation, renderRevocations } from '../core/session/revocation.ts';
import type { Scene } from '../core/session/scene.ts';
import type { SessionPlan, SessionSetting } from '../core/session/session-plan.ts';
import { linkDockerFolder, readDockerFacts } from '../system/docker-files.ts';
import { changeDockerHome, homeLockOf } from '../system/docker-home.ts';
import { earlierSession } from '../system/earlier-session.ts';
import type { UserId } from '../system/find-sessions.ts';
import { readGitFacts } from '../system/git-facts.ts';
import { ownerOf, survivorOf } from '../system/owner.ts';
import { type ProcessTable, processTable } from '../system/process-table.ts';
import {
  createSession,
  handOver,
  type SessionFolder,
  type SessionHandle,
  type SessionPlace,
  writeSessionFile,
  writeUndo,
} from '../system/session-folder.ts';
import { closeSession, isAlive, sweepSessions } from './close-session.ts';

/** For whom and how a session is made. */
export interface SessionRequest extends Omit<SessionPlace, 'owner'> {
  /** The environment of this process, which later steps start from. */
  readonly env: Env;
  /** Variables that the manifest's `{env}` names: children do not get them (security rule 21). */
  readonly secretVariables: ReadonlySet<string>;
  readonly pid: number;
  readonly user: UserId;
  /** What the session is for: the rest of a CI job, of a shell, or one command of ours. */
  readonly within: 'job' | 'shell' | 'command';
  readonly git: SessionSetting['git'];
  readonly docker: SessionSetting['docker'];
  readonly signer: Signer | null;
}

/** A session that is all there. */
export interface OpenSession {
  /** For cleanup, by way of the runner's state. */
  readonly handle: SessionHandle;
  /** Variables to export for the rest of the job. */
  readonly environment: Readonly<Record<string, string>>;
  readonly warnings: readonly string[];
}

/** A session folder in which nothing is written yet, while the machine is looked at and tokens are minted. */
export interface NewSession {
  readonly folder: string;
  /**
   * Writes the session; what to undo is on disk before it is done. On failure nothing is left.
   * @throws Failure `session-failed`, or `refused` when docker's own file is in use.
   */
  readonly write: (scene: Scene, revocations: readonly Revocation[]) => Promise<OpenSession>;
  /** Removes it again. */
  readonly abandon: () => void;
}

/**
 * Begins a session, after sweeping what dead ones left. It belongs to this process until it is written, then to what
 * outlives it.
 */
export function beginSession(request: SessionRequest): NewSession {
  const table = processTable();
  sweepSessions({ root: request.root, user: request.user, table, now: request.now, home: request.env.HOME });
  const session = createSession({ ...request, owner: ownerOf(request.pid, table) });
  const abandon = () => void closeSession(session, { user: request.user, undo: null });
  const place = {
    cwd: session.path,
    env: childEnvironment(request.env, request.secretVariables),
    workspace: request.workspace,
    user: request.user,
  };
  const facts = Promise.all([readGitFacts(place), readDockerFacts(place)]);
  const write: NewSession['write'] = async (scene, revocations) => {
    try {
      const [gitFacts, dockerFacts] = await facts;
      const earlier = earlierSession(request.env.PIPELINE_CREDENTIALS_SESSION, request.user);
      const setting = { ...request, folder: session.path, earlier, gitFacts, dockerFacts };
      const plan = planSession(scene, setting);
      const handle = recordUndo(session, plan, request);
      writeFiles(session, plan, revocations);
      if (plan.environment.DOCKER_CONFIG !== undefined && dockerFacts.folder !== null) {
        linkDockerFolder(dockerFacts.folder, plan.environment.DOCKER_CONFIG);
      }
      if (plan.dockerHome !== null)
        changeHome({ session, plan, request, table, stored: dockerFacts.seed.stored });
      if (request.within !== 'command') handOver(session, survivorOf(request.pid, request.within, table));
      return { handle, environment: plan.environment, warnings: plan.warnings };
    } catch (error) {
      abandon();
      throw error instanceof Failure ? error : cannotWrite(session.path, error);
    }
  };
  return { folder: session.path, write, abandon };
}

function recordUndo(session: SessionFolder, plan: SessionPlan, { env }: SessionRequest): SessionHandle {
  const variables = Object.entries(plan.environment).map(
    ([name, after]) => [name, { before: env[name] ?? null, after }] as const,
  );
  const dockerHome = plan.dockerHome === null ? null : homeLockOf(homeOf(env));
  return writeUndo(session, { variables: Object.fromEntries(variables), dockerHome });
}

/** `git.json` is for a second setup; it names repositories, which may be private. */
function writeFiles(session: SessionFolder, plan: SessionPlan, revocations: readonly Revocation[]): void {
  const git = { name: 'git.json', content: new Secret(JSON.stringify(plan.git)) };
  const revoke = { name: 'secret/revoke.json', content: renderRevocations(revocations) };
  const files = [revoke, ...plan.files, git];
  for (const file of revocations.length === 0 ? files.slice(1) : files) writeSessionFile(session, file);
}

interface HomeWish {
  readonly session: SessionFolder;
  readonly plan: SessionPlan;
  readonly request: SessionRequest;
  readonly table: ProcessTable | null;
  readonly stored: readonly string[] | null;
}

function changeHome({ session, plan, request, table, stored }: HomeWish): void {
  changeDockerHome({
    home: homeOf(request.env),
    session: { path: session.path, identity: session.record.identity },
    want: (config) => dockerConfig({ config, stored }, plan.dockerHome ?? []),
    isAlive: (holder) => isAlive(holder, request.user, table),
  });
}

function homeOf({ HOME: home }: Env): string {
  if (home !== undefined && home !== '') return home;
  throw new Failure('refused', '`docker: home` needs to know where home is, and HOME is not set.', {
    hint: 'Set HOME, or use `docker: private`.',
  });
}

function cannotWrite(folder: string, cause: unknown): Failure {
  const { code = 'unknown' } = cause as NodeJS.ErrnoException;
  return new Failure('session-failed', `The session cannot be written: ${code} below ${join(folder)}.`, {
    hint: 'Check that the disk is not full and the folder may be written to; nothing is left of the session.',
    cause,
  });
}
