import { Failure } from '../core/failure.ts';
import type { Selection } from '../core/selection/selection.ts';
import type { Grant, Login } from '../core/session/grant.ts';
import { grantFor } from '../core/session/grant-for.ts';
import { checkSurroundings } from '../core/surroundings.ts';
import { isProblem, parseTarget, parseTargetLine } from '../core/target/parse-target.ts';
import { targetText } from '../core/target/target-text.ts';
import type { SelectionRow } from '../report/setup-summary.ts';
import type { JobContext } from './job-context.ts';
import { openSession } from './setup/open-session.ts';
import type { SetupRequest } from './setup/request.ts';
import { type Selected, selectForJob } from './setup/selected.ts';
import { type SignedIn, signIn } from './setup/signed-in.ts';

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
  readonly appSlug: string | null;
}

/**
 * Signs git and container tools in for the rest of a job: select, resolve, mint, write.
 * @throws Failure with everything that is wrong; then nothing is left behind.
 */
export async function setup(request: SetupRequest, context: JobContext): Promise<Setup> {
  const { env, cwd, job, self } = context;

  const unsafe = checkSurroundings({
    env,
    cwd,
    workspace: job.workspace,
    execArgv,
  });
  if (unsafe !== null) throw unsafe;
  const selected = selectForJob(request, context.now());
  const asked = request.tokenFor === null ? null : askedTarget(request.tokenFor, selected);
  const signedIn = await signIn(request, selected, context);
  const session = await openSession({ request, selected, signedIn }, context);
  for (const warning of session.warnings) context.voice.warning(warning);
  const rows = selected.selections.map((selection) => rowOf(selection, signedIn.grants));
  return {
    folder: session.folder,
    environment: session.environment,
    rows,
    expiresAt: earliest(signedIn.grants),
    token: asked === null ? null : tokenOf(asked, signedIn),
    close: session.close,
  };
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
  if (grant === null) {
    throw new Failure('no-credential', `${targetText(asked.target)} got no token.`, {
      hint: 'The warnings above say why; `explain` shows the selection.',
    });
  }
  const appSlug = minted.find(({ token }) => token === grant.login.password)?.appSlug ?? null;
  return { ...grant.login, appSlug };
}

function rowOf(selection: Selection, grants: readonly Grant[]): SelectionRow {
  return {
    target: targetText(selection.target),
    credential: selection.credential?.name ?? null,
    expiresAt: grantFor(selection, grants)?.expiresAt ?? null,
  };
}

function earliest(grants: readonly Grant[]): Date | null {
  const times = grants.flatMap(({ expiresAt }) => (expiresAt === null ? [] : [expiresAt.getTime()]));
  return times.length === 0 ? null : new Date(Math.min(...times));
}
