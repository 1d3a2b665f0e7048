import type { MintedToken } from '../core/app-tokens/minted-token.ts';
import { Failure, interrupted } from '../core/failure.ts';
import type { Login } from '../core/login.ts';
import type { Selection } from '../core/selection/selection.ts';
import type { GitGrant } from '../core/session/grant.ts';
import { grantFor } from '../core/session/grant-for.ts';
import { type SelectionRow, servedRows } from '../core/session/served-rows.ts';
import { isProblem, parseTarget, parseTargetLine } from '../core/target/parse-target.ts';
import { targetText } from '../core/target/target-text.ts';
import type { JobContext } from './job-context.ts';
import type { NewSession } from './session.ts';
import { closeOne, revoke, revokeOrphans } from './setup/close.ts';
import { newSession } from './setup/open-session.ts';
import type { SetupRequest } from './setup/request.ts';
import { type Selected, selectForJob } from './setup/selected.ts';
import { type SignedIn, signIn } from './setup/signed-in.ts';
import { refuseSurroundings } from './surroundings.ts';

/** What a setup did: where the session is, what to export, and which credential serves what. */
export interface Setup {
  readonly folder: string;
  /** Variables for the rest of the job. */
  readonly environment: Readonly<Record<string, string>>;
  readonly rows: readonly SelectionRow[];
  /** When the first credential in use ends. */
  readonly expiresAt: Date | null;
  /** What `tokenFor` asked for. */
  readonly token: AskedToken | null;
  /** Removes the session and revokes what was minted; never fails. */
  readonly close: () => Promise<void>;
}

export interface AskedToken extends Login {
  /** Whose it is, when a GitHub App's. */
  readonly app: Pick<MintedToken, 'appSlug' | 'installationId'> | null;
}

/**
 * Signs git and container tools in for the rest of a job: select, resolve, mint, write.
 * @throws Failure with everything that is wrong; then nothing is left behind.
 */
export async function setup(request: SetupRequest, context: JobContext): Promise<Setup> {
  refuseSurroundings(context);
  const selected = selectForJob(request, context.now());
  const asked = request.tokenFor === null ? null : askedTarget(request.tokenFor, selected);
  const session = newSession(request, context);
  const orphans = revokeOrphans(session.orphans, selected.credentials, context);
  try {
    return await setUpIn(session, { request, selected, asked }, context);
  } finally {
    await orphans;
  }
}

interface Prepared {
  readonly request: SetupRequest;
  readonly selected: Selected;
  /** What `token-for` names. */
  readonly asked: Selection | null;
}

async function setUpIn(
  session: NewSession,
  { request, selected, asked }: Prepared,
  context: JobContext,
): Promise<Setup> {
  const signedIn = await signIn(request, selected, context).catch((error: unknown) => {
    session.abandon();
    throw error;
  });
  const { grants, minted } = signedIn;
  try {
    const token = asked === null ? null : tokenOf(asked, signedIn);
    const opened = await session.write({ ...selected, grants }, request.revoke ? minted : []);
    if (context.signal.aborted) throw interrupted();
    for (const warning of opened.warnings) context.voice.warning(warning);
    return {
      folder: session.folder,
      environment: opened.environment,
      rows: servedRows(selected.selections, grants),
      expiresAt: earliest(grants),
      token,
      close: () => closeOne(opened.handle, context),
    };
  } catch (error) {
    session.abandon();
    await revoke(minted, context);
    throw error;
  }
}

/** Tells later steps of a setup; one that nobody can be told of is closed again. */
export async function handOn(done: Setup, tell: () => void | Promise<void>): Promise<void> {
  try {
    await tell();
  } catch (error) {
    await done.close();
    throw error;
  }
}

/** The selection behind `token-for`, which must be one of the targets. */
function askedTarget(text: string, { hosts, selections }: Selected): Selection {
  const readings = (['repository', 'registry'] as const).map((kind) =>
    parseTarget(hosts, parseTargetLine(text, kind)),
  );
  const names = readings.flatMap((one) => (isProblem(one) ? [] : [targetText(one)]));
  const found = selections.find(({ target }) => names.includes(targetText(target)));
  if (found !== undefined && found.credential !== null) return found;
  throw new Failure(
    'usage',
    found === undefined ? '`token-for` is not one of the targets.' : '`token-for` has no credential.',
    {
      hint: 'Name one of the repositories or registries of this step, as it is listed there.',
    },
  );
}

function tokenOf(asked: Selection, { grants, minted }: SignedIn): AskedToken {
  const grant = grantFor(asked, grants);
  if (grant === null || !('login' in grant)) {
    throw new Failure('no-credential', `${targetText(asked.target)} got no token.`, {
      hint: 'The warnings above say why; `explain` shows the selection.',
    });
  }
  return { ...grant.login, app: minted.find(({ token }) => token === grant.login.password) ?? null };
}

function earliest(grants: readonly GitGrant[]): Date | null {
  const times = grants.flatMap(({ expiresAt }) => (expiresAt instanceof Date ? [expiresAt.getTime()] : []));
  return times.length === 0 ? null : new Date(Math.min(...times));
}
