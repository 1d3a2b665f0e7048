import type { Answer } from '../../../src/demo/answer.ts';
import type { Forge } from '../../../src/demo/forge.ts';
import type { MintOptions } from './minting.ts';

const find = 'GET /api/v3/users/acme/installation';
const mint = /POST .*access_tokens/;
const idOf = (forge: Forge, account: string) =>
  forge.state.installations.find((one) => one.account.login === account)?.id ?? 0;

function refused(status: number, message: string, headers: Record<string, string> = {}): Answer {
  return {
    status,
    headers,
    body: { message, documentation_url: 'https://docs.github.com/rest', status: String(status) },
  };
}

/** Each: what is done to the forge, what is asked, and what is said. */
export interface Refused {
  readonly arrange?: (forge: Forge) => void;
  readonly options?: Partial<MintOptions> | ((forge: Forge) => Partial<MintOptions>);
  readonly says: string;
  readonly hints: string | RegExp;
  readonly code?: 'mint-failed' | 'unreachable';
  readonly tries?: number;
}

export const refusals: Record<string, Refused> = {
  'not installed': {
    options: { base: 'nowhere', targets: ['nowhere/a'] },
    says: 'acme-app mints no token for nowhere: the App is not installed at nowhere.',
    hints: "Install it there, or correct the owner's name.",
  },
  'not installed at an owner of a whole host': {
    options: { base: '', targets: ['nowhere/a'] },
    says: 'the App is not installed at nowhere',
    hints: 'Where only public repositories are meant, give the App a `url` of its own owner.',
  },
  'not installed, with a slug': {
    options: { base: 'nowhere', targets: ['nowhere/a'], slug: 'acme-pipelines' },
    says: 'not installed at nowhere',
    hints: /http:\/\/127[^ ]+\/github-apps\/acme-pipelines\/installations\/new/,
  },
  suspended: {
    arrange: (forge) => suspend(forge, 'acme'),
    says: 'the installation at acme is suspended',
    hints: /An owner of acme can unsuspend it: .*\/organizations\/acme\/settings\/installations\/\d+\./,
  },
  'suspended, by a given id': {
    arrange: (forge) => suspend(forge, 'acme'),
    options: (forge) => ({ installationId: String(idOf(forge, 'acme')) }),
    says: 'the installation at acme is suspended',
    hints: 'settings of acme, GitHub Apps',
  },
  'repository not selected': {
    options: { targets: ['acme/rnaseq', 'acme/stats'] },
    says: 'its installation does not reach stats.',
    hints: /Select the repository, or correct its name: .*\/settings\/installations\/\d+\./,
  },
  'repository that does not exist, by a given id': {
    options: (forge) => ({ targets: ['acme/typo'], installationId: String(idOf(forge, 'acme')) }),
    says: 'its installation does not reach typo.',
    hints: 'settings of acme, GitHub Apps',
  },
  'permission not granted': {
    options: { targets: ['acme/rnaseq write'] },
    says: 'its installation does not have contents: write.',
    hints: /let an owner of acme accept it: .*\/organizations\/acme\/settings\/installations\/\d+\./,
  },
  'permission not granted, by a given id': {
    options: (forge) => ({ permissions: { issues: 'read' }, installationId: String(idOf(forge, 'acme')) }),
    says: 'its installation does not have issues: read.',
    hints: "Add the permission on the App's page",
  },
  'installation-id of nobody': {
    options: { installationId: '999999' },
    says: "its `installation-id` is none of this App's at acme",
    hints: 'Leave `installation-id` out',
  },
  'installation-id of nobody, for all': {
    options: { installationId: '999999', repositories: 'all' },
    says: "its `installation-id` is none of this App's at acme",
    hints: 'Leave `installation-id` out',
  },
  'installation-id that is no number': {
    options: { installationId: '12-canary' },
    says: 'its `installation-id` is no number',
    hints: 'Copy the number',
  },
  "another App's key": {
    options: (forge) => ({ privateKey: forge.app('stranger').privateKey }),
    says: 'GitHub does not accept its signature ("A JSON web token could not be decoded")',
    hints: '`private-key` and `client-id` must be of one App',
  },
  'wrong issuer': {
    options: { issuer: 'Iv23canary' },
    says: 'knows no App by its `client-id` or `app-id`',
    hints: 'Copy the client id',
  },
  'key that is none': {
    options: { privateKey: '-----BEGIN RSA PRIVATE KEY-----\ncanary-key\n-----END RSA PRIVATE KEY-----' },
    says: 'its `private-key` cannot sign',
    hints: 'PEM file',
  },
  'key that is an OpenSSH key': {
    options: {
      privateKey: '-----BEGIN OPENSSH PRIVATE KEY-----\ncanary-key\n-----END OPENSSH PRIVATE KEY-----',
    },
    says: 'its `private-key` cannot sign',
    hints: 'PEM file',
  },
  'IP allow list': {
    arrange: (forge) =>
      forge.traffic.fail(
        find,
        refused(
          403,
          'Although you appear to have the correct authorization credentials, the `acme` organization has an IP allow list enabled, and your IP address is not permitted to access this resource.',
        ),
      ),
    says: "acme has an IP allow list, and this machine's address is not on it",
    hints: "Add the runner's address",
  },
  SSO: {
    arrange: (forge) =>
      forge.traffic.fail(
        mint,
        refused(403, 'Forbidden', { 'x-github-sso': 'required; url=https://github.com/orgs/acme/sso' }),
      ),
    says: 'acme wants single sign-on',
    hints: 'authorise the App',
  },
  policy: {
    arrange: (forge) =>
      forge.traffic.fail(mint, refused(403, 'An organisation policy says: ::add-mask::no \u001b[31mApps')),
    says: 'a policy forbids it ("An organisation policy says: : :add-mask: :no Apps")',
    hints: 'Ask an owner of acme',
  },
  redirect: {
    arrange: (forge) =>
      forge.traffic.fail(find, {
        status: 301,
        headers: { location: 'https://canary.example.com/' },
        body: {},
      }),
    says: 'sends requests elsewhere',
    hints: '`url`',
    tries: 1,
  },
  'login page': {
    arrange: (forge) => answer(forge, find, 200, '<html>canary', 'text/html'),
    says: "does not answer as GitHub's API does",
    hints: 'login page',
    code: 'unreachable',
  },
  'a server that is no GitHub': {
    arrange: (forge) => answer(forge, find, 404, '<html>canary', 'text/html'),
    says: "does not answer as GitHub's API does",
    hints: '`url` and `api-url`',
    code: 'unreachable',
  },
  'login page for a mint': {
    arrange: (forge) => answer(forge, mint, 200, '<html>canary', 'text/html'),
    says: "does not answer as GitHub's API does",
    hints: 'login page',
    code: 'unreachable',
  },
  'JSON that is no token': {
    arrange: (forge) =>
      answer(forge, mint, 201, { token: 'canary\nhost=evil', expires_at: '2027-01-01T00:00:00Z' }),
    says: "does not answer as GitHub's API does",
    hints: 'api-url',
    code: 'unreachable',
  },
  'JSON that does not end': {
    arrange: (forge) => answer(forge, mint, 201, '{"token":"canary', 'application/json'),
    says: "does not answer as GitHub's API does",
    hints: 'api-url',
    code: 'unreachable',
  },
  'no date of expiry': {
    arrange: (forge) => answer(forge, mint, 201, { token: 'canary-token', expires_at: 'soon' }),
    says: "does not answer as GitHub's API does",
    hints: 'api-url',
    code: 'unreachable',
  },
  'an answer of another kind': {
    arrange: (forge) => forge.traffic.fail(mint, refused(418, 'I am a teapot')),
    says: 'answered 418 ("I am a teapot")',
    hints: '`api-url`',
  },
  'a 500 that stays': {
    arrange: (forge) => forge.traffic.fail(mint, { status: 500, body: '<html>canary' }, 9),
    says: 'answered 500 again and again',
    hints: 'later',
    code: 'unreachable',
    tries: 3,
  },
  'resets that stay': {
    arrange: (forge) => forge.traffic.fail(find, 'reset', 9),
    says: 'broke the connection off (ECONNRESET)',
    hints: 'Try again',
    code: 'unreachable',
    tries: 3,
  },
  'silence that stays': {
    arrange: (forge) => forge.traffic.fail(find, 'hang', 9),
    says: 'did not answer in time (ETIMEDOUT)',
    hints: 'HTTPS_PROXY',
    code: 'unreachable',
    tries: 3,
  },
};

function answer(
  forge: Forge,
  match: string | RegExp,
  status: number,
  body: string | object,
  type = 'application/json',
): void {
  forge.traffic.fail(match, { status, headers: { 'content-type': type }, body });
}

export function suspend(forge: Forge, account: string): void {
  for (const one of forge.state.installations) if (one.account.login === account) one.suspended = true;
}
