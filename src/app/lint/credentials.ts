import { type Problem, problemAt } from '../../core/failure.ts';
import type { Fault } from '../../core/fault.ts';
import type { Credential, Manifest } from '../../core/manifest/manifest.ts';
import { compileCatalog } from '../../core/selection/catalog.ts';
import { ties } from '../../core/selection/ties.ts';
import { gitProvider, gitProviders } from '../../providers/index.ts';
import { looksLike } from '../../providers/secret-shape.ts';
import { ecrEndpoint } from '../../registries/ecr.ts';

/** What is doubtful about credentials by themselves: never used, ending unseen, stronger than they need be. */
export function credentialAdvice({ credentials }: Manifest, now: Date): readonly Problem[] {
  const own = credentials.flatMap((credential) =>
    checks.flatMap((check) => warning(credential, check(credential, now))),
  );
  const tied = ties(compileCatalog(credentials, gitProviders), now).flatMap(([winner, ...others]) =>
    others.flatMap((other) => warning(other, tie(winner))),
  );
  return [...own, ...tied];
}

type Check = (credential: Credential, now: Date) => Fault | null;

const checks: readonly Check[] = [
  inactive,
  expired,
  unknownEnd,
  retired,
  wholeHost,
  wholeInstallation,
  classicToken,
  passwordOfEcr,
];

function warning({ place }: Credential, fault: Fault | null): readonly Problem[] {
  return fault === null ? [] : [problemAt(place, fault, 'warning')];
}

function inactive({ name, active }: Credential): Fault | null {
  return active
    ? null
    : {
        code: 'credential-inactive',
        message: `${name} is inactive: it is never used.`,
        hint: 'Remove it when it is not needed again.',
      };
}

function expired({ name, expires }: Credential, now: Date): Fault | null {
  if (!(expires instanceof Date) || expires > now) return null;
  return {
    code: 'credential-expired',
    message: `${name} ended at ${when(expires)}.`,
    hint: 'Replace its token, and write when the new one ends.',
  };
}

/** Tokens end on most hosts; the other ways of signing in do not, or are renewed by whoever gives them. */
function unknownEnd({ name, expires, signIn, active }: Credential): Fault | null {
  if (expires !== null || signIn.kind !== 'token' || !active) return null;
  return {
    code: 'expires-missing',
    message: `${name} does not say when its token ends.`,
    hint: 'Add `expires` with the date that the host shows, or `expires: never`.',
  };
}

function retired({ name, provider, signIn }: Credential): Fault | null {
  const gone = provider === 'registry' ? undefined : gitProvider(provider).retired[signIn.kind];
  return gone === undefined
    ? null
    : { code: 'sign-in-retired', message: `${name}: ${gone.message}`, hint: gone.hint };
}

function wholeHost({ name, provider, base, active }: Credential): Fault | null {
  if (base !== null || provider === 'registry' || !active) return null;
  return {
    code: 'credential-all-powerful',
    message: `${name} has no base URL: it is used for every repository of ${provider}'s public host.`,
    hint: 'Add `url` with the organisation it is for; on CodeCommit, the region.',
  };
}

function wholeInstallation({ name, signIn }: Credential): Fault | null {
  if (signIn.kind !== 'app' || signIn.repositories !== 'all') return null;
  return {
    code: 'credential-all-powerful',
    message: `${name} mints tokens for all repositories of the installation.`,
    hint: 'List the targets and leave `repositories` out, unless jobs need repositories that nobody can list.',
  };
}

function classicToken({ name, signIn }: Credential): Fault | null {
  const literal = signIn.kind === 'token' && signIn.token.from === 'text' ? signIn.token.text : null;
  if (literal === null || !looksLike(literal, 'ghp_')) return null;
  return {
    code: 'credential-all-powerful',
    message: `${name} looks like a classic token: it can do all that its owner can.`,
    hint: 'Use a GitHub App, or a fine-grained token.',
  };
}

function passwordOfEcr({ name, signIn, registries }: Credential): Fault | null {
  if (signIn.kind !== 'password' || !registries.some(({ host }) => ecrEndpoint(host) !== null)) return null;
  return {
    code: 'ecr-password',
    message: `${name} signs in to Amazon ECR with a password: those last 12 hours.`,
    hint: 'Write `access-key-id` and `secret-access-key` (with a role `session-token`, too): each job makes its own password.',
  };
}

function tie(winner: Credential): Fault {
  return {
    code: 'credential-tied',
    message: `Only the order of the manifest makes ${winner.name} win over this one.`,
    hint: 'Say which is preferred: `default: true`, `expires`, `access`, or a longer `url`.',
  };
}

/** To the minute: a date lasts through its day on most hosts, and not on others. */
function when(instant: Date): string {
  return `${instant.toISOString().slice(0, 16)}Z`;
}
