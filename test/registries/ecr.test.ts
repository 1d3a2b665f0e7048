import { describe, expect, test } from 'vitest';
import { signedHeaders } from '../../src/core/aws-signature.ts';
import { Secret } from '../../src/core/secret.ts';
import { ecrEndpoint } from '../../src/registries/ecr.ts';
import { signInToRegistries } from '../../src/registries/sign-in.ts';
import { startVendor, type VendorRequest } from './vendor-server.ts';

const now = new Date('2026-11-20T10:00:00Z');
const signIn = {
  kind: 'aws',
  accessKeyId: 'AKIDEXAMPLE',
  secretAccessKey: new Secret('canary-secret-access-key'),
} as const;
const scope = (host: string) => ({ host, segments: [] });
const region = (name: string) => scope(`123456789012.dkr.ecr.${name}.amazonaws.com`);

function token(password: string): string {
  return Buffer.from(`AWS:${password}`).toString('base64');
}

/** As AWS answers a good call: the password names the region, so that tests see which call it came from. */
function answer({ url, headers }: VendorRequest): readonly [number, unknown] {
  const given = { authorizationToken: token(`canary-${new URL(url).host}`), expiresAt: 1795212000.5 };
  const isPublic = headers['x-amz-target'] === 'SpencerFrontendService.GetAuthorizationToken';
  return [200, { authorizationData: isPublic ? given : [{ ...given, proxyEndpoint: 'https://a' }] }];
}

test.each([
  ['123456789012.dkr.ecr.eu-west-1.amazonaws.com', 'api.ecr.eu-west-1.amazonaws.com'],
  ['123456789012.dkr.ecr-fips.us-gov-west-1.amazonaws.com', 'ecr-fips.us-gov-west-1.amazonaws.com'],
  ['123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn', 'api.ecr.cn-north-1.amazonaws.com.cn'],
  ['123456789012.dkr-ecr.us-east-1.on.aws', 'ecr.us-east-1.api.aws'],
  ['123456789012.dkr-ecr-fips.us-east-1.on.aws', 'ecr-fips.us-east-1.api.aws'],
  ['123456789012.dkr.ecr.us-iso-east-1.c2s.ic.gov', 'api.ecr.us-iso-east-1.c2s.ic.gov'],
  ['public.ecr.aws', 'api.ecr-public.us-east-1.amazonaws.com'],
])('%s is served by %s', (host, endpoint) => {
  expect(ecrEndpoint(host)?.url).toBe(`https://${endpoint}/`);
});

test.each([
  '123456789012.dkr.ecr.eu-west-1.amazonaws.com.evil.example',
  'evil.123456789012.dkr.ecr.eu-west-1.amazonaws.com',
  '12345678901.dkr.ecr.eu-west-1.amazonaws.com',
  '123456789012.dkr.ecr.evil.example/.amazonaws.com',
  '123456789012.dkr.ecr.eu.west.1.amazonaws.com',
  '123456789012.dkr.ecr.eu-west-1.amazonawsxcom',
  '123456789012.dkr.ecr.eu-west-1.amazonaws.com:8443',
  'gallery.public.ecr.aws',
])('rule 10: %s is none of ECR', (host) => {
  expect(ecrEndpoint(host)).toBe(null);
});

describe('signing in', () => {
  test('one signed call for each region, whatever the accounts', async () => {
    await using aws = await startVendor(answer);
    const registries = [
      region('eu-west-1'),
      scope('999999999999.dkr.ecr.eu-west-1.amazonaws.com'),
      { ...region('us-east-2'), segments: ['team'] },
      scope('public.ecr.aws'),
    ];
    const logins = await signInToRegistries(
      { credential: 'ecr', signIn, registries },
      { ...aws, now: () => now },
    );
    expect(
      logins?.map(({ login, ...rest }) => ({
        ...rest,
        user: login.username,
        secret: login.password.reveal(),
      })),
    ).toEqual(
      [
        { registries: registries.slice(0, 2), secret: 'canary-api.ecr.eu-west-1.amazonaws.com' },
        { registries: registries.slice(2, 3), secret: 'canary-api.ecr.us-east-2.amazonaws.com' },
        { registries: registries.slice(3), secret: 'canary-api.ecr-public.us-east-1.amazonaws.com' },
      ].map((each) => ({ ...each, user: 'AWS', expiresAt: new Date(1795212000_000) })),
    );
    expect(aws.requests).toHaveLength(3);
  });

  test('the signature is that of the request as it arrives', async () => {
    await using aws = await startVendor(answer);
    const keys = { ...signIn, sessionToken: new Secret('canary-session-token') };
    await signInToRegistries(
      { credential: 'ecr', signIn: keys, registries: [region('eu-west-1'), scope('public.ecr.aws')] },
      { ...aws, now: () => now },
    );
    for (const [index, { region, service }] of [
      { region: 'eu-west-1', service: 'ecr' },
      { region: 'us-east-1', service: 'ecr-public' },
    ].entries()) {
      const { url, headers, body } = aws.requests[index] as VendorRequest;
      const named = { 'content-type': headers['content-type'], 'x-amz-target': headers['x-amz-target'] };
      const again = signedHeaders(
        { method: 'POST', url: new URL(url), headers: named as Record<string, string>, body },
        keys,
        { region, service, now },
      );
      expect(headers.authorization).toBe(again.authorization);
      expect(headers['x-amz-security-token']).toBe('canary-session-token');
    }
  });

  test('rule 10: a host that is none of ECR gets no request', async () => {
    await using aws = await startVendor(answer);
    const registries = [region('eu-west-1'), scope('ecr.amazonaws.com.evil.example')];
    const going = signInToRegistries({ credential: 'ecr', signIn, registries }, { ...aws, now: () => now });
    await expect(going).rejects.toMatchObject({
      code: 'refused',
      message: expect.stringContaining('evil.example'),
    });
    expect(aws.requests).toEqual([]);
  });
});

describe('a refused call tells its cause and its cure', () => {
  async function refused(
    status: number,
    body: unknown,
    keys: Partial<typeof signIn> = {},
    host = 'public.ecr.aws',
  ) {
    await using aws = await startVendor(() => [status, body]);
    const request = { credential: 'ecr', signIn: { ...signIn, ...keys }, registries: [scope(host)] };
    const failure = await signInToRegistries(request, { ...aws, now: () => now }).catch((error) => error);
    return `${failure.message} | ${failure.hint}`;
  }

  test.each([
    [403, { __type: 'UnrecognizedClientException' }, /does not know the access key \| check `access-key-id`/],
    [400, { __type: 'com.amazon.coral.service#InvalidSignatureException' }, /signature .* clock/],
    [400, { __type: 'ExpiredTokenException' }, /session token has expired/],
    [
      400,
      { __type: 'AccessDeniedException' },
      /ecr-public:GetAuthorizationToken and sts:GetServiceBearerToken/,
    ],
    [500, 'canary <html> ::add-mask::x', /it answered 500 \|/],
    [400, { __type: '::warning::canary' }, /it answered 400 \|/],
    [400, null, /it answered 400 \|/],
    [200, {}, /without a password/],
    [200, { authorizationData: [] }, /without a password/],
    [200, { authorizationData: { authorizationToken: token('a\nhost=evil') } }, /without a password/],
  ])('%i %o', async (status, body, expected) => {
    const told = await refused(status, body);
    expect(told).toMatch(expected);
    expect(told).not.toMatch(/canary/);
  });

  test('temporary keys without their session token', async () => {
    const told = await refused(
      403,
      { __type: 'UnrecognizedClientException' },
      { accessKeyId: 'ASIAEXAMPLE' as never },
    );
    expect(told).toMatch(/without its session token \| add `session-token`/);
  });

  test('a private registry: the permission it needs', async () => {
    const host = '123456789012.dkr.ecr.eu-west-1.amazonaws.com';
    expect(await refused(400, { __type: 'AccessDeniedException' }, {}, host)).toMatch(
      /Amazon ECR in eu-west-1 .* \| allow ecr:GetAuthorizationToken on \*/,
    );
  });
});
