import { join } from 'node:path';
import { Failure } from '../../../core/failure.ts';
import { isFault } from '../../../core/fault.ts';
import { parseObject } from '../../../core/json.ts';
import { withValueAt } from '../../../core/manifest/edit/inline.ts';
import { parseExpiry } from '../../../core/manifest/expiry.ts';
import { prose } from '../../../core/prose.ts';
import { Secret } from '../../../core/secret.ts';
import { providerCheck } from '../../../providers/check/index.ts';
import { gitProvider } from '../../../providers/index.ts';
import { canRevoke, revokeToken } from '../../../providers/revoke-token.ts';
import { readTextFile } from '../../../system/text-file.ts';
import { type KeepingContext, stateFolder } from '../context.ts';
import { checkEdited, editedText } from '../manifest-file.ts';
import { rescue, rescued } from '../rescue.ts';
import { readSecret } from '../secret-input.ts';
import { refuseFailing, type TestResult, testCredentials } from '../test-credentials.ts';
import { toldExpiry } from '../told-expiry.ts';
import type { Ground } from './ground.ts';
import type { RotateRequest, Rotation } from './request.ts';
import type { Sinks } from './sinks.ts';
import type { Subject } from './subject.ts';

interface Guided {
  readonly subject: Subject;
  readonly ground: Ground;
  readonly sinks: Sinks;
  readonly request: RotateRequest;
  /** Tells this credential from others, in names of files. */
  readonly key: string;
}

/**
 * Rotation where the host cannot: the person makes a new secret on the host's page and pastes it here. It is tested, put
 * in its places, and only then the old one is ended, or the person reminded to do it; both work meanwhile.
 * @throws Failure when the new one does not work: then the old one is still everywhere.
 */
export async function rotateGuided(guided: Guided, context: KeepingContext): Promise<Rotation> {
  const { subject, sinks, request, key } = guided;
  const { name } = subject.credential;
  const page = pageOf(subject);
  const left = leftOf(key, subject, context);
  if (left !== null) context.voice.info(cutOff(name));
  else
    context.voice.info(
      `Make a new secret for ${name}${page === '' ? '' : ` at ${page}`}, with the rights of the old one.`,
    );
  const secret = left?.secret ?? (await newSecret(subject, request, context));
  const test = await tried(guided, secret, context);
  const expires = toldExpiry(name, test, dateEnds(subject)) ?? (await askedEnd(subject, context));
  const kept = sinks.all.map(({ label }) => label);
  if (request.dryRun) return { name, state: 'would-rotate', expires, kept, left: [] };
  const old = left?.old ?? subject.current;
  const safe = rescue(fileOf(key), { secret, old }, context);
  try {
    for (const sink of sinks.all) await sink.put({ secret, expires });
  } catch (error) {
    throw rescued(error, safe.path);
  }
  const state = left === null ? 'rotated' : 'recovered';
  const ended = await endOld(subject, { old, page }, context);
  safe.done();
  return { name, state, expires, kept, left: [...sinks.byHand({ secret, expires }), ...ended] };
}

function cutOff(name: string): string {
  return `An earlier rotation of ${name} was cut off: its new secret is put in its places now.`;
}

function fileOf(key: string): string {
  return `guided-${key}.json`;
}

interface Left {
  readonly secret: Secret;
  readonly old: Secret;
}

/**
 * What a rotation that was cut off left: the new secret, and the old one that is still to be ended.
 * @throws Failure `refused` when it is of another secret: it is neither used here nor lost.
 */
function leftOf(key: string, { credential, current }: Subject, context: KeepingContext): Left | null {
  const path = join(stateFolder(context.env), fileOf(key));
  const { secret, old } = parseObject(readTextFile(path) ?? '') ?? {};
  if (typeof secret !== 'string' || typeof old !== 'string') return null;
  for (const text of [secret, old]) context.know(new Secret(text));
  if (![secret, old].includes(current.reveal())) throw anotherSecret(credential.name, path);
  return { secret: new Secret(secret), old: new Secret(old) };
}

function anotherSecret(name: string, path: string): Failure {
  return new Failure(
    'refused',
    `${path} is left from a rotation of another secret than ${name} has now. Nothing was changed.`,
    {
      hint: 'It may be of a credential of the same name in another manifest. Keep what is in it, then delete it.',
    },
  );
}

function pageOf({ credential, signIn }: Subject): string {
  return credential.provider === 'registry'
    ? ''
    : prose(providerCheck(credential.provider).page(credential, signIn), []);
}

function dateEnds({ credential: { provider } }: Subject): 'after-the-day' | 'as-it-begins' {
  return provider === 'registry' ? 'after-the-day' : gitProvider(provider).dateEnds;
}

async function newSecret(
  { credential, signIn, current }: Subject,
  { from }: RotateRequest,
  context: KeepingContext,
): Promise<Secret> {
  const isKey = ['app', 'ssh-key', 'google-key'].includes(signIn.kind);
  const secret = await readSecret({ what: `new secret of ${credential.name}`, from, isKey }, context);
  if (secret === null)
    throw new Failure('interrupted', 'Stopped: nothing was changed.', {
      hint: 'Run it again when you like.',
    });
  if (secret.reveal().trim() !== current.reveal().trim()) return secret;
  throw new Failure('usage', 'That is the old secret: nothing was changed.', {
    hint: 'Make a new one, and paste that.',
  });
}

/** Tried by a variable of its own: the old secret stays where it is. */
async function tried(
  { subject, ground }: Guided,
  secret: Secret,
  context: KeepingContext,
): Promise<TestResult> {
  const variable = 'PIPELINE_CREDENTIALS_NEW_SECRET';
  const text = editedText(withValueAt(ground.source.text, subject.reference, { env: variable }));
  const file = { path: '', source: ground.source, original: null, pack: ground.pack };
  const manifest = checkEdited(file, text) ?? ground.manifest;
  const names = [subject.credential.name];
  const test = await testCredentials(
    { manifest: unexpired(manifest, names), names, env: { [variable]: secret.reveal() } },
    context,
  );
  refuseFailing(test, 'The old secret is still in its places.');
  return test;
}

/** What the manifest says of the old one's end is not true of the new one. */
function unexpired(manifest: Ground['manifest'], names: readonly string[]): Ground['manifest'] {
  const credentials = manifest.credentials.map((one) =>
    names.includes(one.name) ? { ...one, expires: null } : one,
  );
  return { ...manifest, credentials };
}

/** Asked again until it is an end: what a manifest cannot have does not go into one. */
async function askedEnd(subject: Subject, { ask, voice }: KeepingContext): Promise<string | null> {
  if (subject.credential.expires === null || ask === null) return null;
  for (;;) {
    const answer = await ask.line('When does it end (2027-01-31, or never)? ');
    const expiry = answer === '' ? null : parseExpiry(answer, dateEnds(subject));
    if (!isFault(expiry)) return answer || null;
    voice.notice(`${expiry.message} ${expiry.hint}`);
  }
}

/** The old one is ended where its host lets us; else the person is told where. */
async function endOld(
  { credential, signIn }: Subject,
  { old, page }: { readonly old: Secret; readonly page: string },
  context: KeepingContext,
): Promise<readonly string[]> {
  const { name } = credential;
  const byHand = [`End the old secret of ${name}${page === '' ? '' : ` at ${page}`}: until then both work.`];
  const retired = { credential, signIn: signIn.kind === 'token' ? { ...signIn, token: old } : signIn };
  if (!canRevoke(retired) || context.ask === null) return byHand;
  if (!(await context.ask.yes(`End the old secret of ${name} at its host now?`))) return byHand;
  return (await revokeToken(retired, context.http.fetch).catch(() => false)) ? [] : byHand;
}
