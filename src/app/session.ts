import { setImmediate } from 'node:timers/promises';
import { childEnvironment } from '../core/child-environment.ts';
import type { Env } from '../core/env.ts';
import { Failure } from '../core/failure.ts';
import { planSession } from '../core/session/plan.ts';
import type { Revocation } from '../core/session/revocation.ts';
import type { Scene } from '../core/session/scene.ts';
import type { SessionSetting, Signer } from '../core/session/session-plan.ts';
import { type DockerFacts, readDockerFacts } from '../system/docker-files.ts';
import { earlierSession } from '../system/earlier-session.ts';
import type { UserId } from '../system/find-sessions.ts';
import { readGitFacts } from '../system/git-facts.ts';
import { readNextflowFacts } from '../system/nextflow-facts.ts';
import { ownerOf, survivorOf } from '../system/owner.ts';
import { type ProcessTable, processTable } from '../system/process-table.ts';
import {
  createSession,
  handOver,
  type SessionFolder,
  type SessionHandle,
  type SessionPlace,
} from '../system/session-folder.ts';
import { closeSession, sweepSessions } from './close-session.ts';
import { writePlan } from './write-plan.ts';

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
  /** Null when no CodeCommit keys are in use. */
  readonly signer: Signer | null;
  /** Told what cleanup needs to know, before the first thing is done that it must undo. */
  readonly remember: (handle: SessionHandle) => void;
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
  /** Tokens of dead sessions that were swept for it; they may still be alive. */
  readonly orphans: readonly Revocation[];
  /**
   * Writes the session; what to undo is on disk before it is done. On failure nothing is left.
   * @throws Failure `session-failed`, or `refused` when docker's own file is in use.
   */
  readonly write: (scene: Scene, revocations: readonly Revocation[]) => Promise<OpenSession>;
  /** Removes it again, as far as it can be removed. */
  readonly abandon: () => void;
}

/**
 * Begins a session, after sweeping what dead ones left. It belongs to this process until it is written, then to what
 * outlives it.
 * @throws Failure `refused`, `usage` or `session-failed` when the folder cannot be made.
 */
export function beginSession(request: SessionRequest): NewSession {
  const table = processTable();
  const { env, user, root, now, workspace } = request;
  const orphans = sweepSessions({ root, user, table, now, home: env.HOME });
  const session = createSession({ ...request, owner: ownerOf(request.pid, table) });
  const place = {
    cwd: session.path,
    env: childEnvironment(env, request.secretVariables),
    workspace,
    user,
  };
  // Starting a process holds everything up, so requests that are under way come first.
  const facts = setImmediate().then(() =>
    Promise.all([readGitFacts(place), readDockerFacts(place), readNextflowFacts(place)]),
  );
  const abandon = () => {
    try {
      closeSession(session, { user, undo: null, home: env.HOME });
    } catch {
      // What keeps it from being written may keep it from being undone too: the first failure says more.
    }
  };
  return {
    folder: session.path,
    orphans,
    write: async (scene, revocations) => {
      const [gitFacts, dockerFacts, nextflowFacts] = await facts;
      const setting = {
        ...request,
        folder: session.path,
        earlier: earlierOf(request),
        gitFacts,
        dockerFacts,
        nextflowFacts,
      };
      try {
        return write({ session, scene, setting, dockerFacts, revocations, request, table });
      } catch (error) {
        abandon();
        throw error instanceof Failure ? error : cannotWrite(session.path, error);
      }
    },
    abandon,
  };
}

interface Writing {
  readonly session: SessionFolder;
  readonly scene: Scene;
  readonly setting: SessionSetting;
  readonly dockerFacts: DockerFacts;
  readonly revocations: readonly Revocation[];
  readonly request: SessionRequest;
  readonly table: ProcessTable | null;
}

function write(writing: Writing): OpenSession {
  const { session, scene, setting, request, table } = writing;
  const plan = planSession(scene, setting);
  const { env, user, remember } = request;
  const handle = writePlan({ ...writing, plan, env, user, remember });
  if (request.within !== 'command') handOver(session, survivorOf(request.pid, request.within, table));
  return { handle, environment: plan.environment, warnings: plan.warnings };
}

function earlierOf({ env, user }: SessionRequest): SessionSetting['earlier'] {
  return earlierSession(env.PIPELINE_CREDENTIALS_SESSION ?? '', user);
}

function cannotWrite(folder: string, cause: unknown): Failure {
  const { code = 'unknown' } = cause as NodeJS.ErrnoException;
  return new Failure('session-failed', `The session cannot be written: ${code} below ${folder}.`, {
    hint: 'Check that the disk is not full and the folder may be written to; nothing is left of the session.',
    cause,
  });
}
