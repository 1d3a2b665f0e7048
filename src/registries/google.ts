import { Failure } from '../core/failure.ts';
import { parseObject } from '../core/json.ts';
import type { ResolvedSignIn } from '../core/manifest/manifest.ts';
import { Secret } from '../core/secret.ts';
import { type RegistryLogin, type RegistryRequest, vendorGroups } from './vendor.ts';

type GoogleSignIn = Extract<ResolvedSignIn, { kind: 'google-key' | 'google-token' }>;

/** https://cloud.google.com/artifact-registry/docs/docker/authentication */
const googleHost =
  /^(?:[a-z0-9-]+-docker\.pkg\.dev|docker\.[a-z0-9-]+\.rep\.pkg\.dev|(?:(?:us|eu|asia|marketplace)\.)?gcr\.io)$/;

/** The login for Google's registries: fixed user names that tell what the password is. */
export function signInToGoogle(request: RegistryRequest<GoogleSignIn>): readonly RegistryLogin[] {
  const { credential, signIn, registries } = request;
  vendorGroups(request, {
    endpoint: (host) => (googleHost.test(host) ? { url: host } : null),
    sentence: 'Google keys and tokens sign in to Google registries only',
    hint: 'write LOCATION-docker.pkg.dev or gcr.io, or sign in with `username` and `password`',
  });
  const login =
    signIn.kind === 'google-key'
      ? { username: '_json_key', password: minifiedKey(credential, signIn.key) }
      : { username: 'oauth2accesstoken', password: signIn.token };
  return [{ registries, login, expiresAt: null }];
}

/** A service account's key on one line, as docker stores it; also when it came as base64. */
function minifiedKey(credential: string, key: Secret): Secret {
  const text = key.reveal().trim();
  const json = text.startsWith('{') ? text : Buffer.from(text, 'base64').toString();
  const parsed = parseObject(json);
  const { type, client_email, private_key } = parsed ?? {};
  const complete = typeof client_email === 'string' && typeof private_key === 'string';
  if (type === 'service_account' && complete) return new Secret(JSON.stringify(parsed));
  throw new Failure('refused', `${credential}: \`google-key\` is not the JSON key of a service account`, {
    hint: hintFor(type),
  });
}

function hintFor(type: unknown): string {
  if (type === 'external_account') {
    return 'this is a workload identity configuration: exchange it first, and give the result as `access-token`';
  }
  return 'give the whole file that Google Cloud gave out, which begins with {"type": "service_account"';
}
