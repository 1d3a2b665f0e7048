import { Failure } from '../../../core/failure.ts';
import { withValueAt } from '../../../core/manifest/edit/inline.ts';
import { prose } from '../../../core/prose.ts';
import type { Secret } from '../../../core/secret.ts';
import { providerCheck } from '../../../providers/check/index.ts';
import { gitProvider } from '../../../providers/index.ts';
import { canRevoke, revokeToken } from '../../../providers/revoke-token.ts';
import type { KeepingContext } from '../context.ts';
import { checkEdited, editedText } from '../manifest-file.ts';
import { rescue, rescued } from '../rescue.ts';
import { readSecret } from '../secret-input.ts';
import type { TestResult } from '../test-credentials.ts';
import { refuseFailing, testCredentials } from '../test-credentials.ts';
import { toldExpiry } from '../told-expiry.ts';
import type { RotateRequest, Rotation } from './request.ts';
import type { Sinks } from './sinks.ts';
import type { Ground, Subject } from './subject.ts';

interface Guided {
  readonly subject: Subject;
  readonly ground: Ground;
  readonly sinks: Sinks;
  readonly request: RotateRequest;
}

/**
 * Rotation where the host cannot: the person makes a new secret on the host's page and pastes it here. It is tested, put
 * in its places, and only then the old one is ended, or the person reminded to do it; both work meanwhile.
 * @throws Failure when the new one does not work: then the old one is still everywhere.
 */
export async function rotateGuided(guided: Guided, context: KeepingContext): Promise<Rotation> {
  const { subject, sinks, request } = guided;
  const { name } = subject.credential;
  const page = pageOf(subject);
  context.voice.info(
    `Make a new secret for ${name}${page === '' ? '' : ` at ${page}`}, with the rights of the old one.`,
  );
  const secret = await newSecret(subject, request, context);
  const test = await tried(guided, secret, context);
  const expires = toldExpiry(name, test, dateEnds(subject)) ?? (await askedEnd(subject, context));
  const kept = sinks.all.map(({ label }) => label);
  if (request.dryRun) return { name, state: 'would-rotate', expires, kept, left: [] };
  const safe = rescue(`guided-${name}.json`, { secret }, context);
  try {
    for (const sink of sinks.all) await sink.put({ secret, expires });
  } catch (error) {
    throw rescued(error, safe);
  }
  safe.done();
  const left = [...sinks.byHand({ secret, expires }), ...(await endOld(subject, page, context))];
  return { name, state: 'rotated', expires, kept, left };
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

async function askedEnd({ credential }: Subject, { ask }: KeepingContext): Promise<string | null> {
  if (credential.expires === null || ask === null) return null;
  return (await ask.line('When does it end (2027-01-31, or never)? ')) || null;
}

/** The old one is ended where its host lets us; else the person is told where. */
async function endOld(
  { credential, signIn }: Subject,
  page: string,
  context: KeepingContext,
): Promise<readonly string[]> {
  const { name } = credential;
  const byHand = [`End the old secret of ${name}${page === '' ? '' : ` at ${page}`}: until then both work.`];
  if (!canRevoke({ credential, signIn }) || context.ask === null) return byHand;
  if (!(await context.ask.yes(`End the old secret of ${name} at its host now?`))) return byHand;
  const fetch = context.http.fetch;
  return (await revokeToken({ credential, signIn }, fetch).catch(() => false)) ? [] : byHand;
}
