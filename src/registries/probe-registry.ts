import { clause } from '../core/check/clause.ts';
import { type Outcome, outcome } from '../core/check/outcome.ts';
import { Failure } from '../core/failure.ts';
import type { Fetch } from '../core/http/fetch.ts';
import type { Login } from '../core/login.ts';
import type { RegistryTarget } from '../core/target/target.ts';
import { type Image, imageBelow, openImage, push, tags } from './image-access.ts';
import { enterRegistry, type RegistryEntry } from './token.ts';

/** What is asked of one registry, or of a namespace or an image in it. */
export interface RegistryQuestion {
  readonly target: RegistryTarget;
  /** Name of the credential that serves it; null for an anonymous target. */
  readonly credential: string | null;
  readonly login: Login | null;
  /** Hosts that may be its token service, see `RegistryTrust`. */
  readonly named: readonly string[];
  readonly fetch: Fetch;
  readonly quote: (text: string) => string;
}

/**
 * Whether a registry lets the credential in, by its own challenge, and gives what the target needs: a token alone proves
 * nothing, since a login without rights gets one too.
 */
export async function probeRegistry(question: RegistryQuestion): Promise<Outcome> {
  const { target, named, login, fetch } = question;
  const trust = { host: target.host, named };
  try {
    const name = target.segments.join('/');
    const image = await openImage({ ...trust, login }, { name, access: target.access }, fetch);
    if (image.entry.kind !== 'open') return notOpened(question, image.entry);
    return name === '' ? wholeRegistry(question, image.entry) : await prove(question, image);
  } catch (error) {
    if (!(error instanceof Failure) || error.code === 'interrupted') throw error;
    return outcome({ status: 'unreachable', message: clause(error.message), hint: error.hint });
  }
}

/** Whether a login is good at a registry, without a word on what it may do there. */
export function proveLogin(
  question: Pick<RegistryQuestion, 'login' | 'named' | 'fetch'> & { readonly host: string },
): Promise<RegistryEntry> {
  return enterRegistry({ ...question, scopes: [] }, question.fetch);
}

function wholeRegistry({ credential }: RegistryQuestion, entry: Opened): Outcome {
  if (credential === null)
    return outcome({ status: 'anonymous', message: 'it answers; no image is named that could be tried' });
  const message =
    entry.authorization === null
      ? 'it asks nobody to sign in, so the credential was not tried'
      : 'it takes the credential; no image is named that could be tried';
  const proof = entry.authorization === null ? 'none' : 'credential';
  return outcome({
    status: 'ok',
    message,
    proof,
    hint: 'Name an image or a namespace to have the access proved.',
  });
}

type Opened = Extract<RegistryEntry, { kind: 'open' }>;

async function prove(question: RegistryQuestion, image: Image): Promise<Outcome> {
  const { target, named, login, fetch } = question;
  const status = await tags(image, fetch);
  if (status === 200) return provePush(question, image);
  const below = await imageBelow({ host: target.host, named, login }, image.name, fetch);
  if (below === null) return notListed(question, image, status);
  const inside = await openImage(
    { host: target.host, named, login },
    { name: below, access: target.access },
    fetch,
  );
  const insideStatus = await tags(inside, fetch);
  return insideStatus === 200 ? provePush(question, inside) : notListed(question, inside, insideStatus);
}

async function provePush(question: RegistryQuestion, image: Image): Promise<Outcome> {
  const { credential, target, fetch } = question;
  if (credential === null)
    return outcome({ status: 'anonymous', message: 'anybody can pull from it', proof: 'access' });
  const proof = image.entry.kind === 'open' && image.entry.authorization !== null ? 'credential' : 'access';
  if (target.access === 'read') return outcome({ status: 'ok', message: 'images can be pulled', proof });
  const status = await push(image, fetch);
  if (status === 202) return outcome({ status: 'ok', message: 'images can be pulled and pushed', proof });
  return refusal(question, status, 'push to it');
}

/** What a registry means that does not list the tags: there may be no image of exactly that name. */
function notListed(question: RegistryQuestion, image: Image, status: number): Outcome {
  const { credential, target } = question;
  if (status === 404 && image.granted)
    return outcome({ status: 'ok', message: 'its token service grants the access', proof: 'credential' });
  const mayBeNamespace = target.segments.length === 1 || status === 404;
  if (credential !== null && mayBeNamespace && [401, 403, 404].includes(status)) {
    return outcome({
      status: 'unknown',
      message: 'it takes the credential, but there is no image of exactly that name that could be tried',
      hint: 'Name an image below it to have the access proved.',
    });
  }
  return refusal(question, status, 'pull from it');
}

function refusal({ credential, target }: RegistryQuestion, status: number, what: string): Outcome {
  const who = credential ?? 'nobody without a credential';
  if (status === 429) return limited(target.host);
  if (status >= 500) return failed(target.host, status);
  if (status === 404) {
    const message = `there is no such image, or ${who} may not see it`;
    return outcome({ status: 'not-found', message, hint: 'Check its name.' });
  }
  return outcome({
    status: 'denied',
    message: credential === null ? 'it is not public, and no credential serves it' : `${who} may not ${what}`,
    hint:
      credential === null
        ? 'Add a credential with this registry.'
        : 'Give it the right there; when this is a group and no image, name an image below it.',
  });
}

function notOpened(question: RegistryQuestion, entry: Exclude<RegistryEntry, Opened>): Outcome {
  const { target, credential, quote } = question;
  const { host } = target;
  switch (entry.kind) {
    case 'login-refused':
      return outcome({
        status: 'denied',
        message: `${host} does not accept ${credential}`,
        hint: 'Its user name or its secret is wrong, has expired or was revoked.',
      });
    case 'realm-refused':
      return outcome({
        status: 'denied',
        message: `${host} wants the password sent to ${quote(entry.realm)}, which the manifest does not name`,
        hint: 'If that is its token service, add `token-realm` to the credential.',
      });
    case 'not-a-registry':
      if (entry.status === 429) return limited(host);
      if (entry.status >= 500) return failed(host, entry.status);
      return outcome({
        status: 'not-found',
        message: `${host} answers (${entry.status}), but not as a registry does`,
        hint: 'Check the host and its port.',
      });
    case 'no-token':
      if (entry.status === 429) return limited(host);
      if (entry.status >= 500) return failed(host, entry.status);
      return outcome({
        status: 'denied',
        message: `the token service of ${host} answered ${entry.status} and gave no token`,
        hint:
          credential === null
            ? 'Add a credential with this registry.'
            : 'Give the credential the right there.',
      });
  }
}

function limited(host: string): Outcome {
  return outcome({
    status: 'unknown',
    message: `${host} limits how often it may be asked`,
    hint: 'Run the check again later.',
  });
}

function failed(host: string, status: number): Outcome {
  return outcome({ status: 'unreachable', message: `${host} answered ${status}`, hint: 'Try again later.' });
}
