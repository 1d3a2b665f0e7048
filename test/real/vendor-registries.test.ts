import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Registry, startRegistry } from '../../src/demo/registry.ts';
import { startMachine } from '../app/setup-context.ts';
import { run } from '../git/run.ts';
import { type NamedHosts, startNamedHosts } from '../harness/named-hosts.ts';
import { startVendor, type VendorServer } from '../registries/vendor-server.ts';

const ecr = '123456789012.dkr.ecr.eu-west-1.amazonaws.com';
const googleKey = {
  type: 'service_account',
  client_email: 'ci@lab.example',
  private_key: '-----BEGIN PRIVATE KEY-----\ncanary\n-----END PRIVATE KEY-----\n',
};

interface Vendor {
  /** Where images are; what is asked when it is another host. */
  readonly host: string;
  readonly api?: string;
  readonly auth?: 'basic';
  readonly realm?: string;
  /** What its registry takes. */
  readonly username: string;
  readonly password: string;
  /** The credential's keys in the manifest. */
  readonly keys: string;
}

const vendors: Readonly<Record<string, Vendor>> = {
  'Docker Hub': {
    host: 'docker.io',
    api: 'registry-1.docker.io',
    realm: 'https://auth.docker.io/token',
    username: 'acmebot',
    password: 'canary-hub',
    keys: 'registry: index.docker.io, username: acmebot, password: canary-hub',
  },
  GHCR: {
    host: 'ghcr.io',
    username: 'acme',
    password: 'canary-classic',
    keys: 'registry: ghcr.io/team, username: acme, password: canary-classic',
  },
  'GitLab, with two factors': {
    host: 'registry.gitlab.com',
    realm: 'https://gitlab.com/jwt/auth',
    username: 'oauth2',
    password: 'canary-gitlab',
    keys: 'registry: registry.gitlab.com, username: oauth2, password: canary-gitlab',
  },
  Quay: {
    host: 'quay.io',
    realm: 'https://quay.io/v2/auth',
    username: 'team+robot',
    password: 'canary-quay',
    keys: "registry: quay.io, username: 'team+robot', password: canary-quay",
  },
  "Harbor's robot": {
    host: 'harbor.example.com',
    realm: 'https://harbor.example.com/service/token',
    username: 'robot$team+ci',
    password: 'canary-$HARBOR',
    keys: "registry: harbor.example.com/team, username: 'robot$team+ci', password: 'canary-$HARBOR'",
  },
  'Azure, by an Entra token': {
    host: 'acme.azurecr.io',
    realm: 'https://acme.azurecr.io/oauth2/token',
    username: '00000000-0000-0000-0000-000000000000',
    password: 'canary-refresh-token',
    keys: 'registry: acme.azurecr.io, entra-token: canary-entra-token',
  },
  'Azure, by a service principal': {
    host: 'acme.azurecr.io',
    realm: 'https://acme.azurecr.io/oauth2/token',
    username: 'app-id',
    password: 'canary-principal',
    keys: 'registry: acme.azurecr.io, username: app-id, password: canary-principal',
  },
  'Google, by a key': {
    host: 'europe-docker.pkg.dev',
    realm: 'https://europe-docker.pkg.dev/v2/token',
    username: '_json_key',
    password: JSON.stringify(googleKey),
    keys: `registry: europe-docker.pkg.dev, google-key: ${JSON.stringify(JSON.stringify(googleKey, null, 2))}`,
  },
  'Google, by an access token': {
    host: 'gcr.io',
    realm: 'https://gcr.io/v2/token',
    username: 'oauth2accesstoken',
    password: 'canary-access-token',
    keys: 'registry: gcr.io, access-token: canary-access-token',
  },
  'Amazon ECR': {
    host: ecr,
    auth: 'basic',
    username: 'AWS',
    password: 'canary-ecr-password',
    keys: `registry: ${ecr}, access-key-id: AKIDEXAMPLE, secret-access-key: canary-secret-key`,
  },
  'Amazon ECR Public': {
    host: 'public.ecr.aws',
    realm: 'https://public.ecr.aws/token/',
    username: 'AWS',
    password: 'canary-ecr-password',
    keys: 'registry: public.ecr.aws, access-key-id: AKIDEXAMPLE, secret-access-key: canary-secret-key',
  },
};

/** Exchanges of Amazon and Azure. */
let exchange: VendorServer;
beforeAll(async () => {
  const authorizationToken = Buffer.from('AWS:canary-ecr-password').toString('base64');
  const data = { authorizationToken, expiresAt: 4102444800 };
  exchange = await startVendor(({ url }) => {
    if (url.endsWith('/oauth2/exchange')) return [200, { refresh_token: 'canary-refresh-token' }];
    return [200, { authorizationData: url.includes('public') ? data : [data] }];
  });
});
afterAll(() => exchange[Symbol.asyncDispose]());

describe.each(Object.entries(vendors))('%s', (_, vendor) => {
  let registry: Registry;
  let hosts: NamedHosts;
  beforeAll(async () => {
    const { host, api = host, realm = `https://${host}/token`, auth = 'token', username, password } = vendor;
    registry = await startRegistry({
      auth,
      realm,
      users: [{ username, password }],
      images: ['team/app:1', 'library/tool:1'],
    });
    const service = { origin: registry.url };
    // Token services answer at another path than the registry's own.
    const token = new URL(realm);
    hosts = await startNamedHosts({
      [api]: { ...service, paths: { [token.pathname]: '/token' } },
      [token.host]: { ...service, paths: { [token.pathname]: '/token' } },
    });
  });
  afterAll(async () => {
    await hosts[Symbol.asyncDispose]();
    await registry.close();
  });

  test('skopeo reads an image over TLS under the real name, and nobody else is asked', async () => {
    using machine = startMachine({ fetch: exchange.fetch });
    await machine.setUp(`version: 1\ncredentials:\n- { name: one, provider: registry, ${vendor.keys} }\n`);
    const inspect = (env: Record<string, string>) =>
      run('skopeo', ['inspect', '--raw', `docker://${vendor.host}/team/app:1`], { cwd: machine.root, env });
    expect(await inspect({ ...machine.env, ...hosts.env })).toMatchObject({
      code: 0,
      output: expect.stringContaining('schemaVersion'),
    });
    const { REGISTRY_AUTH_FILE: _, DOCKER_CONFIG: __, ...without } = machine.env;
    expect((await inspect({ ...without, ...hosts.env })).code).not.toBe(0);
    expect(hosts.strangers).toEqual([]);
  });
});
