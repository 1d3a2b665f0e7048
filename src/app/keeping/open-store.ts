import { resolve } from 'node:path';
import { Failure } from '../../core/failure.ts';
import { isFault } from '../../core/fault.ts';
import { hostText } from '../../core/host.ts';
import type { Location } from '../../core/location.ts';
import { basicHeader } from '../../core/login.ts';
import { parseBaseUrl } from '../../core/manifest/base-url.ts';
import type { Credential } from '../../core/manifest/manifest.ts';
import { Secret } from '../../core/secret.ts';
import { compileHosts, webSite } from '../../core/target/hosts.ts';
import { githubApi } from '../../providers/github-app/api.ts';
import { gitProviders } from '../../providers/index.ts';
import { fileStore } from '../../stores/file.ts';
import type { Store } from '../../stores/store.ts';
import type { ApiAccess } from '../../stores/store-api.ts';
import { readTextFile } from '../../system/text-file.ts';
import { waitingOf } from '../effects.ts';
import type { KeepingContext } from './context.ts';
import { writeKeptFile } from './kept-file.ts';
import type { StoreKind, StoreRequest } from './store-request.ts';

/** Where each kind of host's own tools look for a token; on its public host only: others are named by --token-env. */
const usualTokens: Readonly<Record<StoreKind, readonly string[]>> = {
  github: ['GH_TOKEN', 'GITHUB_TOKEN'],
  gitlab: ['GITLAB_TOKEN'],
  bitbucket: ['BITBUCKET_TOKEN'],
};
const publicHosts: Readonly<Record<string, StoreKind>> = {
  'github.com': 'github',
  'gitlab.com': 'gitlab',
  'bitbucket.org': 'bitbucket',
};

/**
 * The store that a request names.
 * @throws Failure `usage` when it is not clear which, or the token for it is missing.
 */
export async function openStore(
  request: StoreRequest,
  credentials: readonly Credential[],
  context: KeepingContext,
): Promise<Store> {
  if (!isAddress(request)) return openFile(resolve(context.cwd, request.to));
  const place = placeOf(request.to);
  const kind = kindOf(place, request, credentials);
  const access = accessTo(place, { kind, request, credentials, context });
  const { storeOf } = await import('./store-kinds.ts');
  return storeOf[kind](place, request, access);
}

/**
 * The token that a store is written with; null for a file.
 * @throws Failure as `openStore` does.
 */
export function storeToken(
  request: StoreRequest,
  credentials: readonly Credential[],
  context: KeepingContext,
): Secret | null {
  if (!isAddress(request)) return null;
  const place = placeOf(request.to);
  const kind = kindOf(place, request, credentials);
  return tokenFor(place, { kind, request, credentials, context }).value;
}

function isAddress({ to }: StoreRequest): boolean {
  return /^https?:\/\//i.test(to);
}

function openFile(path: string): Store {
  return fileStore({
    path,
    read: () => {
      const text = readTextFile(path);
      return text === null ? null : new Secret(text);
    },
    write: (text) => writeKeptFile(path, text),
  });
}

function placeOf(text: string): Location {
  const address = parseBaseUrl(text.replace(/\.git\/?$/, ''));
  if (isFault(address)) throw new Failure('usage', `--to: ${address.message}`, { hint: address.hint });
  const scheme = address.transport === 'http' ? 'http' : 'https';
  if (address.segments.length === 0) throw unclear('it names a host only');
  return { scheme, host: hostText(address, scheme), segments: address.segments };
}

function kindOf(place: Location, { provider }: StoreRequest, credentials: readonly Credential[]): StoreKind {
  const known = webSite(compileHosts(credentials, gitProviders), place.scheme, place.host).provider;
  const kind = provider ?? known;
  if (kind === 'github' || kind === 'gitlab' || kind === 'bitbucket') return kind;
  if (kind === null) throw unclear('nothing tells which kind of host it is');
  throw new Failure('usage', `${kind} has no store for secrets that this program can write.`, {
    hint: 'Stores are GitHub, GitLab, Bitbucket Cloud, and files.',
  });
}

interface Accessing {
  readonly kind: StoreKind;
  readonly request: StoreRequest;
  readonly credentials: readonly Credential[];
  readonly context: KeepingContext;
}

function accessTo(place: Location, accessing: Accessing): ApiAccess {
  const { kind, context } = accessing;
  const { name, value } = tokenFor(place, accessing);
  const signIn = signInOf(kind, value, context);
  // The header, too: its base64 is another word than the token's.
  for (const secret of [value, new Secret(signIn.value.reveal().replace(/^\w+ /, ''))]) context.know(secret);
  const { signal } = context;
  return {
    fetch: (url, init) => context.http.fetch(url, { ...init, signal }),
    waiting: waitingOf(context),
    api: apiOf(place, accessing),
    tokenName: name,
    quote: context.quote,
    signIn,
    headers: kind === 'github' ? githubHeaders : {},
  };
}

const githubHeaders = { accept: 'application/vnd.github+json', 'x-github-api-version': '2022-11-28' };

/**
 * A manifest may say that the API of a host is below another path, never that it is on another host: the token for the
 * store is not the manifest's to send.
 */
function apiOf({ scheme, host }: Location, { kind, request, credentials }: Accessing): string {
  const own = credentials.find(
    ({ base, apiUrl }) => base?.host === host && apiUrl?.startsWith(`${scheme}://${host}/`),
  );
  const given = (request.apiUrl ?? own?.apiUrl)?.replace(/\/+$/, '') ?? null;
  if (kind === 'github') return githubApi({ scheme, host, segments: [] }, given);
  if (given !== null) return given;
  return kind === 'gitlab' ? `${scheme}://${host}/api/v4` : 'https://api.bitbucket.org/2.0';
}

/** A token goes only to the host it is for: the usual variables are for the public hosts. */
function tokenFor(
  { host }: Location,
  { kind, request, context }: Accessing,
): { name: string; value: Secret } {
  const usual = publicHosts[host] === kind && request.apiUrl === null ? usualTokens[kind] : [];
  const names = request.tokenName === null ? usual : [request.tokenName];
  const name = names.find((each) => (context.env[each] ?? '') !== '');
  if (name !== undefined) return { name, value: new Secret((context.env[name] ?? '').trim()) };
  const wanted =
    names.length === 0
      ? 'no variable is named'
      : `${names.join(' and ')} ${names.length === 1 ? 'is' : 'are'} empty`;
  throw new Failure('usage', `There is no token to write to ${host} with: ${wanted}.`, {
    hint: 'Put one into a variable and name it: --token-env NAME. It is used for this once and kept nowhere.',
  });
}

function signInOf(kind: StoreKind, token: Secret, { env }: KeepingContext): ApiAccess['signIn'] {
  if (kind === 'gitlab') return { header: 'private-token', value: token };
  const email = kind === 'bitbucket' ? (env.BITBUCKET_EMAIL ?? '') : '';
  const value =
    email === '' ? new Secret(`Bearer ${token.reveal()}`) : basicHeader({ username: email, password: token });
  return { header: 'authorization', value };
}

function unclear(why: string): Failure {
  return new Failure('usage', `--to does not tell where to store: ${why}.`, {
    hint: 'Give the https address of a repository, a project, a group or an organisation, with --store-provider github, gitlab or bitbucket for a host of your own; or the path of a file.',
  });
}
