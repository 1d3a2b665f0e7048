import type { Credential } from '../manifest/manifest.ts';
import { neededAbilities } from './ability.ts';
import type { HostAnswer } from './answer.ts';
import { dateText, daysLeft, daysText, endsWithin, type KnownExpiry, knownExpiry } from './expiry.ts';
import type { CredentialResult, CredentialStatus, TargetResult } from './result.ts';
import { missingScopes, type ScopeTable } from './scopes.ts';

/** All that is known of a credential once its host and its targets have been asked. */
export interface CredentialFacts {
  readonly credential: Credential;
  readonly answer: HostAnswer;
  readonly targets: readonly TargetResult[];
  /** Whether the manifest names no repository at all: then the credential is for all that it covers. */
  readonly serves: 'targets' | 'all';
  /** Null where scopes cannot be told. */
  readonly scopes: ScopeTable | null;
  /** Where a person makes a new one, or widens this one; empty when there is no such page. */
  readonly page: string;
  /** By the host's clock. */
  readonly now: Date;
  /** Milliseconds before its end from which a credential counts as expiring. */
  readonly warnWithin: number;
}

interface Judged {
  readonly status: CredentialStatus;
  readonly message: string;
  readonly hint: string;
}

/** Puts the three answers together: does it live, until when, and is it enough for what the manifest uses it for. */
export function judge(facts: CredentialFacts): CredentialResult {
  const { credential, answer, targets, now } = facts;
  const expiry = knownExpiry(answer.expiresAt, credential.expires);
  const missing = whatIsMissing(facts);
  const judged = judgeLife(facts, expiry) ?? judgeUse(facts, { expiry, missing });
  return {
    ...identityOf(credential),
    ...judged,
    ...endOf(expiry, now),
    scopes: answer.scopes,
    missing,
    identity: answer.identity,
    usedBy: targets.map(({ target }) => target),
  };
}

/** A credential that was not asked about: switched off, of another environment, or without its secret here. */
export function notAsked(credential: Credential, judged: Judged, now: Date): CredentialResult {
  return {
    ...identityOf(credential),
    ...judged,
    ...endOf(knownExpiry(null, credential.expires), now),
    scopes: null,
    missing: [],
    identity: null,
    usedBy: [],
  };
}

function identityOf({ name, provider, signIn, contact, place }: Credential) {
  return { name, provider, kind: signIn.kind, contact, place };
}

function endOf({ at, source }: KnownExpiry, now: Date) {
  const end = at instanceof Date ? at : null;
  return { expiresAt: end, expirySource: source, daysLeft: end === null ? null : daysLeft(end, now) };
}

/** Scopes that the targets not yet proven and the purposes take, and what the host said itself. */
function whatIsMissing({ credential, answer, targets, serves, scopes }: CredentialFacts): readonly string[] {
  const unproven = targets.filter(({ proof }) => proof === 'none');
  const all = serves === 'all' ? ([{ access: 'read' }] as const) : [];
  const abilities = neededAbilities({
    repositories: [...all, ...unproven.filter(({ kind }) => kind === 'repository')],
    registries: unproven.filter(({ kind }) => kind === 'registry'),
    purposes: credential.purposes,
  });
  const lacking = scopes === null ? [] : missingScopes(scopes, answer.scopes, abilities);
  return [...new Set([...lacking, ...answer.missing])];
}

/** Null for one that lives, or may live. */
function judgeLife({ answer, credential, now, page }: CredentialFacts, expiry: KnownExpiry): Judged | null {
  const { life } = answer;
  const over = endsWithin(expiry.at, now, 0);
  if (life.alive === 'unreachable') return { status: 'unreachable', message: life.why, hint: life.hint };
  if (life.alive === 'no') {
    const { why, hint } = life;
    if (!life.ended && !over) return { status: 'invalid', message: why, hint };
    const message =
      expiry.at instanceof Date && over ? `it expired on ${dateText(expiry.at)}` : 'it has expired';
    return { status: 'expired', message, hint: renewal(page) };
  }
  const { expires } = credential;
  if (!(expires instanceof Date) || !endsWithin(expires, now, 0)) return null;
  const still = life.alive === 'yes' ? ', so nothing uses it, but its host still takes it' : '';
  return {
    status: 'expired',
    message: `the manifest says that it ended on ${dateText(expires)}${still}`,
    hint: life.alive === 'yes' ? 'Correct `expires` in the manifest.' : renewal(page),
  };
}

interface Use {
  readonly expiry: KnownExpiry;
  readonly missing: readonly string[];
}

function judgeUse(facts: CredentialFacts, { expiry, missing }: Use): Judged {
  const { answer, targets, now, warnWithin, page } = facts;
  const refused = targets.filter(({ status }) => status === 'denied').length;
  const soon = endsWithin(expiry.at, now, warnWithin);
  const end = endText(expiry, now);
  if (missing.length > 0 || refused > 0) {
    const lacks = missing.length > 0 ? [`it lacks ${missing.join(', ')}`] : [];
    const some = targets.length === 1 ? 'its target' : `${refused} of its ${targets.length} targets`;
    const denied = refused > 0 ? [`${some} refused it`] : [];
    const hint = missing.length > 0 ? `Add ${missing.join(', ')}${at(page)}.` : 'See what the targets say.';
    return {
      status: 'insufficient',
      message: [...lacks, ...denied, ...(soon ? [end] : [])].join('; '),
      hint,
    };
  }
  if (soon) return { status: 'expiring', message: end, hint: renewal(page) };
  const hint = expiry.disagrees === null ? '' : 'Correct `expires` in the manifest.';
  if (answer.life.alive === 'unknown' && !targets.some(({ proof }) => proof === 'credential'))
    return { status: 'unknown', message: answer.life.why, hint: answer.life.hint };
  return { status: 'ok', message: `it works; ${end}`, hint };
}

function endText({ at, source, disagrees }: KnownExpiry, now: Date): string {
  const text =
    at instanceof Date
      ? `it ends ${daysText(daysLeft(at, now))} (${dateText(at)})`
      : at === 'never'
        ? 'it does not end'
        : 'when it ends is not known';
  if (disagrees === null || source !== 'host') return text;
  return `${text}, and not ${disagrees === 'never' ? '`never`' : dateText(disagrees)} as the manifest says`;
}

function renewal(page: string): string {
  return `Make a new one${at(page)} and replace the secret.`;
}

function at(page: string): string {
  return page === '' ? '' : ` at ${page}`;
}
