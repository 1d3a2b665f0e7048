import { Failure, type Problem, problemAt } from '../../core/failure.ts';
import type { Credential, ResolvedSignIn } from '../../core/manifest/manifest.ts';
import { maskForms } from '../../core/mask-forms.ts';
import { Secret } from '../../core/secret.ts';
import type { Use } from '../../core/selection/uses.ts';
import type { JobContext } from '../job-context.ts';
import { resolveSignIn } from '../references.ts';

/** A credential in use with its secrets in hand. */
export interface SignedUse {
  readonly use: Use;
  readonly signIn: ResolvedSignIn;
}

export interface SignedUses {
  readonly signed: readonly SignedUse[];
  /** What could not be resolved: errors where a target needs it, else warnings. */
  readonly problems: readonly Problem[];
}

/** Resolves the secrets of the credentials in use, each masked before anything else can happen to it. */
export function resolveUses(uses: readonly Use[], context: JobContext): SignedUses {
  const signed: SignedUse[] = [];
  const problems: Problem[] = [];
  for (const use of uses) {
    try {
      const signIn = resolveSignIn(use.credential, context);
      maskSignIn(signIn, context);
      signed.push({ use, signIn });
    } catch (error) {
      problems.push(unresolved(use, error));
    }
  }
  return { signed, problems };
}

/** Hides a login's secret and all its derived forms in the log. */
export function maskLogin(secret: Secret, username: string | undefined, context: JobContext): void {
  context.voice.mask(maskForms(secret, username).map((form) => new Secret(form)));
}

function maskSignIn(signIn: ResolvedSignIn, context: JobContext): void {
  const username = 'username' in signIn ? signIn.username : undefined;
  for (const value of Object.values(signIn)) {
    if (value instanceof Secret) maskLogin(value, username, context);
  }
}

/** Whether a target needs the credential, and not only the wish to configure all there are. */
function isNeeded({ repositories, registries }: Use): boolean {
  return [repositories, registries].some((targets) => targets !== 'all' && targets.length > 0);
}

function unresolved(use: Use, error: unknown): Problem {
  if (!(error instanceof Failure)) throw error;
  return failedAt(use.credential, error, isNeeded(use) ? 'error' : 'warning');
}

/** A failure as one of several, at its credential's place in the manifest. */
export function failedAt(
  { place, name }: Credential,
  { code, message, hint }: Failure,
  severity: Problem['severity'] = 'error',
): Problem {
  const named = message.includes(name) ? message : `${name}: ${message}`;
  return problemAt(place, { code, message: named, hint }, severity);
}
