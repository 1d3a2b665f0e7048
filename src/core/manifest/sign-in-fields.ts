import { type Fault, isFault } from '../fault.ts';
import { shortestSecret } from '../mask-forms.ts';
import { findPem, pemText } from '../pem.ts';
import { readPrivateKey } from '../private-key.ts';
import { Secret } from '../secret.ts';
import { isMasked, isOneLine, isPlaceholder, isPlainLines, withoutLastBreak } from '../text-form.ts';

/** What the value of one field of a sign-in must be, once it is there. */
export interface FieldRule {
  readonly shape: 'line' | 'lines' | 'number' | 'app-key' | 'ssh-key';
  readonly secret: boolean;
  /** Absent when the variable it names is unset. */
  readonly optional: boolean;
  /** Made by a host, which puts no space at an end; people copy one along. */
  readonly made: boolean;
}

const secret = { shape: 'line', secret: true, optional: false, made: false } as const;
const plain = { shape: 'line', secret: false, optional: true, made: false } as const;

/** By the fields' names in `SignIn`, which mean the same in every kind; `key` is of its kind. */
const rules: Readonly<Record<string, FieldRule>> = {
  token: { ...secret, made: true },
  password: secret,
  privateKey: { ...secret, shape: 'app-key' },
  secretAccessKey: { ...secret, made: true },
  sessionToken: { ...secret, optional: true, made: true },
  clientSecret: { ...secret, optional: true },
  webhookSecret: { ...secret, optional: true },
  username: plain,
  email: plain,
  slug: plain,
  issuer: { ...plain, optional: false },
  accessKeyId: { ...plain, optional: false },
  installationId: { ...plain, shape: 'number' },
  knownHosts: { ...plain, shape: 'lines' },
};

export function fieldRule(kind: string, field: string): FieldRule {
  if (field === 'key') return { ...secret, shape: kind === 'ssh-key' ? 'ssh-key' : 'lines' };
  const rule = rules[field];
  if (rule === undefined) throw new TypeError(`no rule for ${field}`);
  return rule;
}

/**
 * The value of a field as programs may use it: one trailing line break trimmed, control characters and short secrets
 * refused (security rule 5), keys repaired. Messages of faults go on after what holds the value: "is too short".
 */
export function readField(found: Secret, rule: FieldRule): Secret | string | Fault {
  const text = withoutLastBreak(found.reveal());
  const fault = faultOf(text, rule);
  if (fault !== null) return fault;
  if (rule.shape === 'app-key') return appKey(new Secret(text));
  if (rule.shape === 'ssh-key') return new Secret(repaired(text));
  return rule.secret ? new Secret(text) : text;
}

function faultOf(text: string, { shape, secret, made }: FieldRule): Fault | null {
  if (isPlaceholder(text)) return unfilled;
  if (secret && isMasked(text)) return masked;
  if (shape === 'line' || shape === 'number' ? !isOneLine(text) : !isPlainLines(text)) return control;
  if (made && /\s/.test(text)) return spaced;
  if (secret && text.trim().length < shortestSecret) return short;
  return shape === 'number' && !/^[1-9]\d*$/.test(text) ? notNumber : null;
}

function appKey(text: Secret): Secret | Fault {
  const key = readPrivateKey(text);
  if (!isFault(key)) return key;
  return { ...key, message: `is refused: ${key.message.charAt(0).toLowerCase()}${key.message.slice(1, -1)}` };
}

/** Keys of OpenSSH bend in stores as others do; what they are is for ssh to say. */
function repaired(text: string): string {
  const pem = findPem(text);
  return pem === null ? text : pemText(pem);
}

const unfilled: Fault = {
  code: 'placeholder',
  message: 'holds a placeholder that nothing has filled in',
  hint: 'Check that the variable it names exists in this job: secrets are missing on forks and on branches they are not meant for.',
};
const masked: Fault = {
  code: 'masked',
  message: 'holds what a log shows in place of a secret',
  hint: 'Store the secret itself: this was copied from a log, or from the output of a step that hides it.',
};
const spaced: Fault = {
  code: 'secret-spaced',
  message: 'has a space in it',
  hint: 'Store the token alone: without spaces, and without a word such as Bearer before it.',
};
const control: Fault = {
  code: 'control-character',
  message: 'has line breaks or control characters',
  hint: 'Store the secret again, in one line and without anything else.',
};
const short: Fault = {
  code: 'secret-short',
  message: `has less than ${shortestSecret} characters`,
  hint: 'Check that it is whole: hiding a shorter secret would blank the log.',
};
const notNumber: Fault = {
  code: 'installation-id-invalid',
  message: 'is not a number',
  hint: "Take the id from the end of the installation's address, or leave it out: it is found by the owner.",
};
