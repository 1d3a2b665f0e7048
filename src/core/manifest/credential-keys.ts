import * as v from 'valibot';
import {
  about,
  code,
  env,
  file,
  line,
  lines,
  oneOrMany,
  reference,
  referenceLines,
  secret,
  secretKey,
  yesNo,
} from './values.ts';

/** Security rule 4. */
export const credentialNameForm = /^[A-Za-z][A-Za-z0-9_-]{0,63}$/;

const credentialName = v.pipe(
  v.string(code('text-expected')),
  v.regex(credentialNameForm, code('name-invalid')),
  v.check((name) => name.toLowerCase() !== 'job-token', code('name-reserved')),
);

const installationId = v.union(
  [
    v.pipe(
      v.string(),
      v.regex(/^[1-9]\d*$/, code('installation-id-invalid')),
      v.metadata({ type: ['string', 'integer'] }),
    ),
    env,
    file,
  ],
  code('reference-invalid'),
);

const permissions = v.record(
  v.pipe(v.string(), v.regex(/^[a-z][a-z0-9_-]*$/, code('permission-invalid'))),
  v.picklist(['read', 'write', 'admin'], code('permission-invalid')),
  code('permission-invalid'),
);

const repositoryName = v.pipe(
  v.string(),
  v.regex(/^(?!\.{1,2}$)[A-Za-z0-9._-]+$/, code('app-repositories-invalid')),
);

/** https://docs.github.com/en/apps: how a GitHub App signs in. */
export const app = v.strictObject(
  {
    'client-id': v.optional(about(reference, "The App's client ID.", 'Iv23liEXAMPLE')),
    'app-id': v.optional(about(reference, "The App's id, where the client ID is not at hand.")),
    'private-key': about(
      secretKey,
      'A private key of the App: PEM, also with \\n for line breaks or in base64.',
    ),
    'installation-id': v.optional(about(installationId, 'Saves the request that finds the installation.')),
    permissions: v.optional(
      about(permissions, 'Further permissions for the tokens; `contents: read` needs no mention.'),
    ),
    repositories: v.optional(
      about(
        v.union(
          [
            v.picklist(['listed', 'all'], code('app-repositories-invalid')),
            v.pipe(v.array(repositoryName), v.minLength(1, code('app-repositories-invalid'))),
          ],
          code('app-repositories-invalid'),
        ),
        'What a token may reach: `listed` (default), the targets only; `all`, everything the installation has; names, those at most.',
      ),
    ),
    slug: v.optional(about(reference, "The App's name in its address.")),
    'client-secret': v.optional(about(secret, "The App's client secret: kept, not used to sign in.")),
    'webhook-secret': v.optional(about(secret, "The App's webhook secret: kept, not used to sign in.")),
  },
  code('mapping-expected'),
);

const environment = v.pipe(line, v.nonEmpty());
const purpose = v.picklist(
  ['clone', 'push', 'webhooks', 'pull-requests', 'packages'],
  code('purpose-unknown'),
);

/** Every key that some credential may have, in the order in which people write them. */
export const credentialKeys = {
  name: about(credentialName, 'Unique; a letter, then letters, digits, - and _.', 'acme-app'),
  provider: about(v.string(code('text-expected')), 'The kind of host.'),
  url: about(
    line,
    'Base URL: this credential is for everything below it, and for nothing else.',
    'https://github.com/acme',
  ),
  organization: about(line, "Short for `url`: the provider's public host and this path.", 'acme'),
  group: about(line, "Short for `url`: the provider's public host and this path.", 'acme/tools'),
  workspace: about(line, "Short for `url`: the provider's public host and this path.", 'acme'),
  registry: about(
    oneOrMany(line),
    'Registry host, with a namespace if the credential is for that only; a list where one credential opens several.',
    'docker.io',
    'ghcr.io/acme',
  ),
  username: about(reference, 'User name, where the host asks for a certain one.'),
  email: about(reference, 'E-mail of the account that an API token belongs to.'),
  token: about(secret, 'An access token.'),
  password: about(secret, 'A password, or a token that a registry takes for one.'),
  app: about(app, 'A GitHub App: mints short-lived tokens.'),
  'access-key-id': about(reference, 'AWS access key id.'),
  'secret-access-key': about(secret, 'AWS secret access key.'),
  'session-token': about(secret, 'AWS session token, with temporary keys.'),
  'entra-token': about(secret, 'Microsoft Entra access token, exchanged for a token of the registry.'),
  'google-key': about(secretKey, 'Google service account key: its JSON, or base64 of it.'),
  'access-token': about(secret, 'Google access token.'),
  'token-realm': about(
    line,
    "Host of the registry's token service, when it is neither its own nor a well-known one.",
  ),
  'ssh-key': about(secretKey, 'A private ssh key, instead of a token.'),
  'known-hosts': about(referenceLines, 'The lines of known_hosts for the host.'),
  registries: about(oneOrMany(line), 'Registries that this credential signs in to as well.', 'ghcr.io/acme'),
  access: about(
    v.picklist(['read', 'write'], code('access-invalid')),
    'What it is good for; both when left out. Read-only ones are preferred where reading is enough.',
  ),
  expires: about(
    line,
    'When it ends: a date, an instant with a zone, or `never`.',
    '2027-01-31',
    '2027-01-31T12:00:00Z',
    'never',
  ),
  default: about(yesNo, 'Preferred among those that fit equally well.'),
  status: about(v.picklist(['active', 'inactive'], code('status-invalid')), 'Inactive ones are never used.'),
  environments: about(
    oneOrMany(environment),
    'Used only when the input `environment` names one of these.',
    'production',
  ),
  purposes: about(oneOrMany(purpose), 'What `check` must find it able to do.'),
  ssh: about(oneOrMany(line), 'Further ssh addresses of the host.', 'git@ssh.example.com:2222'),
  'api-url': about(
    line,
    'Where the API is, when it is not in the usual place.',
    'https://example.com/gitlab/api/v4',
  ),
  description: about(lines, 'For people.'),
  contact: about(line, 'Whom to tell when it ends.', '@ada'),
} as const;

export type CredentialKey = keyof typeof credentialKeys;
