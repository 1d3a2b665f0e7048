import type { Env } from '../core/env.ts';
import { Failure } from '../core/failure.ts';
import { type Fault, isFault } from '../core/fault.ts';
import type { Credential, Reference, ResolvedSignIn } from '../core/manifest/manifest.ts';
import { isReference } from '../core/manifest/reference.ts';
import { type FieldRule, fieldRule, readField } from '../core/manifest/sign-in-fields.ts';
import { prose } from '../core/prose.ts';
import { Secret } from '../core/secret.ts';
import { gitProvider } from '../providers/index.ts';
import { readSecretFile } from '../system/secret-file.ts';

/** Where references lead. */
export interface ReferenceSources {
  readonly env: Env;
  /** The text of a file, or why there is none. */
  readonly readFile?: (path: string) => string | Fault;
}

/**
 * The secrets of one credential, asked for only when it gets used (security rule 6). An optional key whose variable is
 * unset is absent.
 * @throws Failure `reference-unresolved` naming the credential, its keys and the variables or paths, never a value.
 */
export function resolveSignIn(credential: Credential, sources: ReferenceSources): ResolvedSignIn {
  const resolved: Record<string, unknown> = {};
  const faults: Fault[] = [];
  for (const [field, value] of Object.entries(credential.signIn)) {
    const result = isReference(value) ? resolve(value, ruleOf(credential, field), sources) : value;
    if (isFault(result)) faults.push(result);
    else resolved[field] = result;
  }
  if (faults.length > 0) throw unresolved(credential.name, faults);
  return resolved as ResolvedSignIn;
}

function unresolved(name: string, faults: readonly Fault[]): Failure {
  const message = `${name}: ${faults.map((fault) => fault.message).join('; ')}`;
  const hints = new Set(faults.map(({ hint }) => hint));
  return new Failure('reference-unresolved', message, { hint: [...hints].join(' ') });
}

/** A user name may be left out, but not where the sign-in is nothing without. */
function ruleOf({ provider, signIn: { kind } }: Credential, field: string): FieldRule {
  const rule = fieldRule(kind, field);
  const needed =
    provider === 'registry' ? kind === 'password' : gitProvider(provider).needsUsername.includes(kind);
  return field === 'username' && needed ? { ...rule, optional: false } : rule;
}

function resolve(
  reference: Reference,
  rule: FieldRule,
  { env, readFile = readSecretFile }: ReferenceSources,
): string | Secret | undefined | Fault {
  const named = 'name' in reference ? env[reference.name] : undefined;
  // CI systems give an empty variable for a secret that is not there.
  if ('name' in reference && (named ?? '') === '')
    return rule.optional ? undefined : placed(reference, unset);
  const found = content(reference, named ?? '', readFile);
  const value = isFault(found) ? found : readField(found, rule);
  return isFault(value) ? placed(reference, value) : value;
}

function content(
  reference: Reference,
  named: string,
  readFile: (path: string) => string | Fault,
): Secret | Fault {
  if (reference.from === 'text') return reference.text;
  if (reference.from === 'env') return new Secret(named);
  const text = readFile(reference.from === 'file' ? reference.path : named);
  return isFault(text) ? text : new Secret(text);
}

/** `app.private-key`: the file that ACME_KEY names does not exist. */
function placed(reference: Reference, fault: Fault): Fault {
  const key = reference.place.path.replace(/^credentials\[\d+\]\./, '');
  return { ...fault, message: `\`${key}\`: ${holder(reference, fault)} ${fault.message}` };
}

function holder(reference: Reference, fault: Fault): string {
  if (reference.from === 'text') return 'the value';
  if (reference.from === 'file') return `the file ${prose(reference.path, [])}`;
  return reference.from === 'env' || fault === unset
    ? `the variable ${reference.name}`
    : `the file that ${reference.name} names`;
}

const unset: Fault = {
  code: 'variable-unset',
  message: 'is not set, or empty',
  hint: 'Pass the variable to this step. Secrets are missing on forks and on branches they are not meant for.',
};
