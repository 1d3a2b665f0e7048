import type { JobContext } from '../app/job-context.ts';
import { sessionToken } from '../app/session-token.ts';
import { selectForJob } from '../app/setup/selected.ts';
import { signIn } from '../app/setup/signed-in.ts';
import { refuseSurroundings } from '../app/surroundings.ts';
import { Failure } from '../core/failure.ts';
import { basicAuth, basicHeader, type Login } from '../core/login.ts';
import type { Manifest } from '../core/manifest/manifest.ts';
import { grantFor } from '../core/session/grant-for.ts';
import { compileHosts } from '../core/target/hosts.ts';
import { isProblem, parseTarget } from '../core/target/parse-target.ts';
import type { Target } from '../core/target/target.ts';
import { targetText } from '../core/target/target-text.ts';
import { gitProviders } from '../providers/index.ts';
import type { Arguments } from './arguments.ts';
import { askedTargets } from './explain.ts';
import { readManifest, setupRequest, withContext } from './job.ts';
import type { RunVerb, Shell } from './verb.ts';

export const run: RunVerb = async (args, shell) => {
  const form = args.choice('as', ['password', 'header', 'basic', 'json']);
  const manifest = await manifestOrNone(args, shell);
  const target = theTarget(args, manifest ?? { credentials: [], targets: [] });
  const login =
    sessionToken(target, shell.env, shell.self.user) ?? (await ownToken(target, { args, shell, manifest }));
  shell.print(`${render(form, login)}\n`);
  return 0;
};

/** In a job that is signed in, the session is enough. */
async function manifestOrNone(args: Arguments, shell: Shell): Promise<Manifest | null> {
  try {
    return await readManifest(args, shell);
  } catch (error) {
    const hasSession = shell.env.PIPELINE_CREDENTIALS_SESSION !== undefined;
    if (hasSession && error instanceof Failure && error.code === 'manifest-missing') return null;
    throw error;
  }
}

function theTarget(args: Arguments, manifest: Manifest): Target {
  const [request, ...others] = askedTargets(args, manifest);
  if (request === undefined || others.length > 0) {
    throw new Failure('usage', 'token takes one target.', {
      hint: 'Name one repository, registry or image.',
    });
  }
  const target = parseTarget(compileHosts(manifest.credentials, gitProviders), request);
  if (!isProblem(target)) return target;
  throw new Failure('target-invalid', target.message, { hint: target.hint, problems: [target] });
}

interface Asked {
  readonly args: Arguments;
  readonly shell: Shell;
  readonly manifest: Manifest | null;
}

/** A token of its own, for this target alone; it lives as long as its host says. */
function ownToken(target: Target, { args, shell, manifest }: Asked): Promise<Login> {
  if (manifest === null) throw none(target);
  return withContext(shell, async (context: JobContext) => {
    const isRepository = target.kind === 'repository';
    const request = {
      ...setupRequest(args, manifest, shell),
      repositories: isRepository ? [target.given] : [],
      registries: isRepository ? [] : [target.given],
      git: isRepository ? ('private' as const) : ('none' as const),
      docker: isRepository ? ('none' as const) : ('private' as const),
      jobToken: null,
    };
    refuseSurroundings(context);
    const selected = selectForJob(request, context.now());
    const [selection] = selected.selections;
    if (selection === undefined || selection.credential === null) throw none(target);
    const { grants } = await signIn(request, selected, context);
    const grant = grantFor(selection, grants);
    if (grant === null || !('login' in grant)) throw none(target);
    return grant.login;
  });
}

function none(target: Target): Failure {
  return new Failure('no-credential', `${targetText(target)} has no credential with a token to print.`, {
    hint: '`explain` shows why.',
  });
}

function render(form: 'password' | 'header' | 'basic' | 'json', login: Login): string {
  switch (form) {
    case 'password':
      return login.password.reveal();
    case 'header':
      return `Authorization: ${basicHeader(login).reveal()}`;
    case 'basic':
      return basicAuth(login);
    case 'json':
      return JSON.stringify({ version: 1, username: login.username, password: login.password.reveal() });
  }
}
