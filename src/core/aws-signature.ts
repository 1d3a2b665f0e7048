import { createHash, createHmac } from 'node:crypto';
import type { Secret } from './secret.ts';

/** Keys of an AWS user, or of a role for a while (then with a session token). */
export interface AwsKeys {
  readonly accessKeyId: string;
  readonly secretAccessKey: Secret;
  readonly sessionToken: Secret | null;
}

/** What a signature is for; `service` is AWS's signing name, such as `ecr` or `sts`. */
export interface AwsScope {
  readonly region: string;
  readonly service: string;
  readonly now: Date;
}

/** A request before it is signed. Header names are lower case, all of them get signed. */
export interface UnsignedRequest {
  readonly method: 'GET' | 'POST';
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * The headers of a request signed with Signature Version 4: those given and `x-amz-date`, `x-amz-security-token`,
 * `authorization`. For paths that need no encoding, as those of the JSON and query protocols do.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/create-signed-request.html
 */
export function signedHeaders(
  request: UnsignedRequest,
  keys: AwsKeys,
  scope: AwsScope,
): Record<string, string> {
  const headers = {
    ...request.headers,
    'x-amz-date': `${timestamp(scope.now)}Z`,
    ...(keys.sessionToken === null ? {} : { 'x-amz-security-token': keys.sessionToken.reveal() }),
  };
  const signed = Object.entries({ ...headers, host: request.url.host }).sort(([a], [b]) => compare(a, b));
  const names = signed.map(([name]) => name).join(';');
  const canonical = [
    request.method,
    request.url.pathname,
    canonicalQuery(request.url.searchParams),
    ...signed.map(([name, value]) => `${name}:${value.trim()}`),
    '',
    names,
    sha256(request.body),
  ].join('\n');
  const { credentialScope, signature } = sign(canonical, `${timestamp(scope.now)}Z`, { keys, scope });
  const credential = `Credential=${keys.accessKeyId}/${credentialScope}`;
  return {
    ...headers,
    authorization: `AWS4-HMAC-SHA256 ${credential}, SignedHeaders=${names}, Signature=${signature}`,
  };
}

/**
 * The password that CodeCommit takes over https for one path on one host, for some minutes: a signature of the method
 * word `GIT` without a payload, whose time bears no zone. `path` begins with a slash and is as git sends it.
 * https://github.com/aws/git-remote-codecommit
 */
export function codeCommitPassword(
  address: { readonly hostname: string; readonly path: string },
  keys: AwsKeys,
  scope: Omit<AwsScope, 'service'>,
): string {
  const canonical = ['GIT', address.path, '', `host:${address.hostname}`, '', 'host', ''].join('\n');
  const time = timestamp(scope.now);
  const { signature } = sign(canonical, time, { keys, scope: { ...scope, service: 'codecommit' } });
  return `${time}Z${signature}`;
}

/** The user name that goes with it: the key's id, with the session token behind a `%` for keys of a role. */
export function codeCommitUsername({ accessKeyId, sessionToken }: AwsKeys): string {
  return sessionToken === null ? accessKeyId : `${accessKeyId}%${sessionToken.reveal()}`;
}

function sign(canonical: string, time: string, { keys, scope }: { keys: AwsKeys; scope: AwsScope }) {
  const steps = [time.slice(0, 8), scope.region, scope.service, 'aws4_request'];
  const credentialScope = steps.join('/');
  const text = ['AWS4-HMAC-SHA256', time, credentialScope, sha256(canonical)].join('\n');
  const start: string | Buffer = `AWS4${keys.secretAccessKey.reveal()}`;
  const key = steps.reduce<string | Buffer>((previous, step) => hmac(previous, step), start);
  return { credentialScope, signature: hmac(key, text).toString('hex') };
}

/** `20261130T115320`, in UTC. */
function timestamp(now: Date): string {
  return now.toISOString().slice(0, 19).replace(/[-:]/g, '');
}

function canonicalQuery(query: URLSearchParams): string {
  const pairs = [...query].map(([name, value]) => `${encode(name)}=${encode(value)}`);
  return pairs.sort(compare).join('&');
}

/** Everything but RFC 3986's unreserved characters. */
function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}
