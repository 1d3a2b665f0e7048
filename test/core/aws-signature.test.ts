import { describe, expect, test } from 'vitest';
import {
  type AwsKeys,
  codeCommitPassword,
  codeCommitUsername,
  signedHeaders,
  type UnsignedRequest,
} from '../../src/core/aws-signature.ts';
import { Secret } from '../../src/core/secret.ts';

/** The keys of AWS's published examples. */
const example: AwsKeys = {
  accessKeyId: 'AKIDEXAMPLE',
  secretAccessKey: new Secret('wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY'),
  sessionToken: null,
};
const scope = { region: 'us-east-1', service: 'service', now: new Date('2015-08-30T12:36:00.700Z') };
const vanilla: UnsignedRequest = {
  method: 'POST',
  url: new URL('https://example.amazonaws.com/'),
  headers: {},
  body: '',
};

describe('Signature Version 4, with the vectors that AWS publishes', () => {
  const vectors: [string, UnsignedRequest, string][] = [
    [
      'get-vanilla',
      { ...vanilla, method: 'GET' },
      '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31',
    ],
    ['post-vanilla', vanilla, '5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b'],
    [
      'post-x-www-form-urlencoded',
      {
        ...vanilla,
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: 'Param1=value1',
      },
      'ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a',
    ],
  ];
  test.each(vectors)('%s', (_, request, signature) => {
    expect(signedHeaders(request, example, scope).authorization).toMatch(
      new RegExp(
        `^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, .*Signature=${signature}$`,
      ),
    );
  });

  test('a query and a content type: the IAM example of the general reference', () => {
    const headers = signedHeaders(
      {
        method: 'GET',
        url: new URL('https://iam.amazonaws.com/?Version=2010-05-08&Action=ListUsers'),
        headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
        body: '',
      },
      example,
      { ...scope, service: 'iam' },
    );
    expect(headers.authorization).toBe(
      'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request, ' +
        'SignedHeaders=content-type;host;x-amz-date, ' +
        'Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7',
    );
  });

  test('post-sts-header-before: a session token is a signed header', () => {
    const token =
      'AQoDYXdzEPT//////////wEXAMPLEtc764bNrC9SAPBSM22wDOk4x4HIZ8j4FZTwdQWLWsKWHGBuFqwAeMicRXmxfpSPfIeoIYRqTflf' +
      'KD8YUuwthAx7mSEI/qkPpKPi/kMcGdQrmGdeehM4IC1NtBmUpp2wUE8phUZampKsburEDy0KPkyQDYwT7WZ0wq5VSXDvp75YU9HFvlRd8' +
      'Tx6q6fE8YQcHNVXAkiY9q6d+xo0rKwT38xVqr7ZD0u0iPPkUL64lIZbqBAz+scqKmlzm8FDrypNC9Yjc8fPOLn9FX9KSYvKTr4rvx3iSI' +
      'lTJabIQwj2ICCR/oLxBA==';
    const headers = signedHeaders(vanilla, { ...example, sessionToken: new Secret(token) }, scope);
    expect(headers['x-amz-security-token']).toBe(token);
    expect(headers.authorization).toContain('SignedHeaders=host;x-amz-date;x-amz-security-token, ');
    expect(headers.authorization).toContain(
      'Signature=85d96828115b5dc0cfc3bd16ad9e210dd772bbebba041836c64533a82be05ead',
    );
  });

  test('a port other than 443 is part of the host', () => {
    const on = (url: string) =>
      signedHeaders({ ...vanilla, url: new URL(url) }, example, scope).authorization;
    expect(on('https://example.amazonaws.com:443/')).toBe(on('https://example.amazonaws.com/'));
    expect(on('https://example.amazonaws.com:8443/')).not.toBe(on('https://example.amazonaws.com/'));
  });
});

/** Keys, time and results of git-remote-codecommit's own tests. */
describe('CodeCommit over https', () => {
  const keys: AwsKeys = { accessKeyId: 'access', secretAccessKey: new Secret('secret'), sessionToken: null };
  const when = { region: 'us-west-2', now: new Date('2017-12-24T11:53:20Z') };

  test.each([
    [
      'git-codecommit.us-west-2.amazonaws.com',
      '20171224T115320Zb6df2d758a8023b2f000a546417007b65494f3ce8ad0300fd45fcfa173f1959a',
    ],
    [
      'land.called.honahlee',
      '20171224T115320Za14a37a53035bbceb6e1748247b143124fe7326cdffd3d418236a592ce6158a0',
    ],
  ])('the published password for %s', (hostname, password) => {
    expect(codeCommitPassword({ hostname, path: '/v1/repos/test_repo' }, keys, when)).toBe(password);
  });

  test('a session token stands in the user name and not in the signature', () => {
    const ofRole = { ...keys, sessionToken: new Secret('canary/session+token==') };
    const address = { hostname: 'git-codecommit.us-west-2.amazonaws.com', path: '/v1/repos/test_repo' };
    expect(codeCommitUsername(keys)).toBe('access');
    expect(codeCommitUsername(ofRole)).toBe('access%canary/session+token==');
    expect(codeCommitPassword(address, ofRole, when)).toBe(codeCommitPassword(address, keys, when));
  });
});
