import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { startVendor } from '../../registries/vendor-server.ts';
import { startMachine } from '../setup-context.ts';

const hostKey = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl';
const sshKey =
  '-----BEGIN OPENSSH PRIVATE KEY-----\\n' +
  `${Buffer.from('openssh-key-v1\0\0\0\0\u0004nonecanary-of-a-key').toString('base64')}\\n` +
  '-----END OPENSSH PRIVATE KEY-----';
const aws = 'access-key-id: AKIDEXAMPLE, secret-access-key: canary-secret-access-key';

function manifest(...credentials: readonly string[]): string {
  return `version: 1\ncredentials:\n${credentials.map((each) => `- ${each}\n`).join('')}`;
}

describe('sign-ins that are no user name and password', () => {
  test('an ssh key, on a public host, with its host keys built in', async () => {
    using machine = startMachine();
    const { folder } = await machine.setUp(
      manifest(`{ name: key, provider: github, url: 'https://github.com/acme/tool', ssh-key: "${sshKey}" }`),
    );
    expect(machine.env.GIT_SSH_COMMAND).toContain(folder);
    expect(readFileSync(join(folder, 'ssh/known-hosts-1'), 'utf8')).toContain(`github.com ${hostKey}\n`);
    expect(readFileSync(join(folder, 'secret/1'), 'utf8')).toMatch(/^-----BEGIN OPENSSH[\s\S]*-----\n$/);
    expect(machine.masked).toContain(
      Buffer.from('openssh-key-v1\0\0\0\0\u0004nonecanary-of-a-key').toString('base64'),
    );
  });

  test.each([
    [
      'of an unknown host',
      `provider: git, url: 'https://git.example.com/a/b', ssh-key: "${sshKey}"`,
      /add `known-hosts`/,
    ],
    ['of nobody', `provider: github, url: 'https://github.com/a', ssh-key: 'canary-not-a-key'`, /ssh-keygen/],
    [
      'with the keys of another host',
      `provider: git, url: 'https://git.example.com/a', ssh-key: "${sshKey}", known-hosts: 'other.example ${hostKey}'`,
      /ssh-keyscan -p 22 git\.example\.com/,
    ],
    [
      'of a CodeCommit without the id of the key',
      `provider: codecommit, url: 'https://git-codecommit.eu-west-1.amazonaws.com', ssh-key: "${sshKey}"`,
      /APKA/,
    ],
  ])('an ssh key %s is refused with what is missing', async (_, keys, hint) => {
    using machine = startMachine();
    const going = machine.setUp(manifest(`{ name: key, ${keys} }`));
    await expect(going).rejects.toMatchObject({ code: 'refused', hint: expect.stringMatching(hint) });
    expect(machine.env).not.toHaveProperty('GIT_CONFIG_COUNT');
  });

  test("a token without a user of Bitbucket's own server", async () => {
    using machine = startMachine();
    const { folder } = await machine.setUp(
      manifest(
        "{ name: dc, provider: bitbucket-data-center, url: 'https://dc.example.com/scm/LAB', token: canary-dc-token }",
      ),
    );
    expect(readFileSync(join(folder, 'secret/1'), 'utf8')).toContain('canary-dc-token');
    expect(readFileSync(join(folder, 'secret/1'), 'utf8')).toContain('Bearer');
  });

  test('what the manifest says of an end is told, also that there is none', async () => {
    using machine = startMachine();
    const registry = (name: string, expires: string) =>
      `{ name: ${name}, provider: registry, registry: ${name}.example.com, username: u, password: canary-${name}${expires} }`;
    const { rows } = await machine.setUp(
      manifest(registry('a', ', expires: never'), registry('b', ', expires: 2100-01-31'), registry('c', '')),
    );
    const ends = rows.map(({ expiresAt }) => expiresAt);
    expect(ends).toEqual(['never', new Date('2100-02-01'), null]);
  });

  test("Bitbucket's e-mail reaches Nextflow, which speaks to the API", async () => {
    using machine = startMachine();
    await machine.setUp(
      manifest(
        '{ name: bb, provider: bitbucket, organization: lab, token: canary-api-token, email: bot@lab.example }',
      ),
    );
    expect(readFileSync(machine.env.NXF_SCM_FILE ?? '', 'utf8')).toContain("user = 'bot@lab.example'");
  });
});

describe("vendors' registries", () => {
  const token = Buffer.from('AWS:canary-ecr-password').toString('base64');
  const ecr = (region: string) => `123456789012.dkr.ecr.${region}.amazonaws.com`;

  test('ECR: asked for the regions of the targets alone, masked, in the files of docker and podman', async () => {
    await using vendor = await startVendor(() => [
      200,
      { authorizationData: [{ authorizationToken: token, expiresAt: 4102444800 }] },
    ]);
    using machine = startMachine({ fetch: vendor.fetch });
    const text = manifest(
      `{ name: ecr-eu, provider: registry, registry: ${ecr('eu-west-1')}, ${aws} }`,
      `{ name: ecr-us, provider: registry, registry: ${ecr('us-east-2')}, ${aws} }`,
    );
    const { expiresAt } = await machine.setUp(`${text}registries:\n- ${ecr('eu-west-1')}/team/app:1\n`);
    expect(vendor.requests.map(({ url }) => url)).toEqual(['https://api.ecr.eu-west-1.amazonaws.com/']);
    expect(expiresAt).toEqual(new Date(4102444800_000));
    const auth = Buffer.from('AWS:canary-ecr-password').toString('base64');
    expect(machine.masked).toContain('canary-ecr-password');
    expect(machine.masked).toContain(auth);
    for (const file of [
      join(machine.env.DOCKER_CONFIG ?? '', 'config.json'),
      machine.env.REGISTRY_AUTH_FILE ?? '',
    ]) {
      expect(JSON.parse(readFileSync(file, 'utf8')).auths).toEqual({ [ecr('eu-west-1')]: { auth } });
    }
  });

  test('one pair of keys for registries of several accounts and regions: one request for each region', async () => {
    await using vendor = await startVendor(() => [
      200,
      { authorizationData: [{ authorizationToken: token, expiresAt: 4102444800 }] },
    ]);
    using machine = startMachine({ fetch: vendor.fetch });
    const other = ecr('eu-west-1').replace(/^\d/, '9');
    await machine.setUp(
      manifest(
        `{ name: ecr, provider: registry, registry: [${ecr('eu-west-1')}, ${other}, ${ecr('us-east-2')}], ${aws} }`,
      ),
    );
    expect(vendor.requests.map(({ url }) => url).toSorted()).toEqual([
      'https://api.ecr.eu-west-1.amazonaws.com/',
      'https://api.ecr.us-east-2.amazonaws.com/',
    ]);
    const { auths } = JSON.parse(readFileSync(join(machine.env.DOCKER_CONFIG ?? '', 'config.json'), 'utf8'));
    expect(Object.keys(auths).toSorted()).toEqual([ecr('eu-west-1'), other, ecr('us-east-2')].toSorted());
  });

  test('a server that stumbles is asked again', async () => {
    let asked = 0;
    await using vendor = await startVendor(() => {
      asked += 1;
      return asked === 1
        ? [503, '']
        : [200, { authorizationData: [{ authorizationToken: token, expiresAt: 4102444800 }] }];
    });
    using machine = startMachine({ fetch: vendor.fetch });
    await machine.setUp(manifest(`{ name: ecr, provider: registry, registry: ${ecr('eu-west-1')}, ${aws} }`));
    expect(vendor.requests).toHaveLength(2);
  });

  test("CodeCommit's keys open ECR too, where `registries` says so", async () => {
    await using vendor = await startVendor(() => [
      200,
      { authorizationData: [{ authorizationToken: token, expiresAt: 4102444800 }] },
    ]);
    using machine = startMachine({ fetch: vendor.fetch });
    await machine.setUp(
      manifest(
        `{ name: aws, provider: codecommit, url: 'https://git-codecommit.eu-west-1.amazonaws.com', ${aws}, registries: [${ecr('eu-west-1')}] }`,
      ),
      { git: 'none' },
    );
    expect(readFileSync(join(machine.env.DOCKER_CONFIG ?? '', 'config.json'), 'utf8')).toContain(
      ecr('eu-west-1'),
    );
  });

  test('a refused exchange names the credential and leaves nothing', async () => {
    await using vendor = await startVendor(() => [400, { __type: 'AccessDeniedException' }]);
    using machine = startMachine({ fetch: vendor.fetch });
    const going = machine.setUp(
      manifest(`{ name: ecr, provider: registry, registry: ${ecr('eu-west-1')}, ${aws} }`),
    );
    await expect(going).rejects.toMatchObject({
      code: 'mint-failed',
      message: expect.stringContaining('ecr: Amazon ECR in eu-west-1'),
    });
    expect(machine.env).not.toHaveProperty('DOCKER_CONFIG');
  });

  test.each([
    ['ghcr.io', 'bot', 'github_pat_canary', /fine-grained tokens do not work/],
    ['docker.io', 'bot@lab.example', 'canary-password', /Docker ID/],
    ['harbor.example.com/lab', 'robot+ci', 'canary-password', /lost its `\$`/],
    ['acme.azurecr.io', 'me@lab.example', 'canary-password', /service principal/],
    [ecr('eu-west-1'), 'AWS', 'canary-password', /lasts 12 hours/],
    [ecr('eu-west-1'), 'AKIACANARYCANARY', 'canary-password', /write the pair as `access-key-id`/],
    ['quay.io', 'acme+robot', 'canary-password', null],
  ])('what looks like a mistake at %s is said: %s', async (registry, username, password, expected) => {
    using machine = startMachine();
    await machine.setUp(
      manifest(
        `{ name: reg, provider: registry, registry: '${registry}', username: '${username}', password: ${password} }`,
      ),
    );
    expect(machine.warnings).toEqual(expected === null ? [] : [expect.stringMatching(expected)]);
    expect(machine.warnings.join()).not.toContain('canary');
  });
});
