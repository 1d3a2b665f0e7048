import fc from 'fast-check';
import { expect, test } from 'vitest';
import { answerCodeCommit, readAwsKeys } from '../../src/core/codecommit-credential.ts';
import { Secret } from '../../src/core/secret.ts';

const keys = { accessKeyId: 'access', secretAccessKey: new Secret('secret'), sessionToken: null };
const now = new Date('2017-12-24T11:53:20Z');
const host = 'git-codecommit.us-west-2.amazonaws.com';

function answer(fields: Record<string, string>): string {
  const question = Object.entries(fields).map(([name, value]) => `${name}=${value}\n`);
  return answerCodeCommit(question.join(''), keys, now);
}

test('the path that git asks for is signed', () => {
  // The vector of git-remote-codecommit.
  expect(answer({ protocol: 'https', host, path: 'v1/repos/test_repo' })).toBe(
    'username=access\n' +
      'password=20171224T115320Zb6df2d758a8023b2f000a546417007b65494f3ce8ad0300fd45fcfa173f1959a\n',
  );
});

test.each([
  { protocol: 'http', host, path: 'v1/repos/a' },
  { protocol: 'https', host: `${host}.evil.example`, path: 'v1/repos/a' },
  { protocol: 'https', host, path: '' },
  { protocol: 'https', host },
  { protocol: 'https', host, path: 'other/a' },
  {},
])('nothing is said of %o', (fields) => {
  expect(answer(fields as Record<string, string>)).toBe('');
});

test('any question is answered by two lines or none', () => {
  const line = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('protocol=https', `host=${host}`, 'path=v1/repos/a', 'capability[]=authtype', ''),
    fc.string().map((path) => `path=v1/repos/${path}`),
  );
  fc.assert(
    fc.property(fc.array(line), (lines) => {
      expect(answerCodeCommit(lines.join('\n'), keys, now)).toMatch(
        /^(?:username=access\npassword=20171224T115320Z[0-9a-f]{64}\n)?$/,
      );
    }),
  );
});

test('keys are read as they were written', () => {
  const read = readAwsKeys(
    JSON.stringify({
      accessKeyId: 'ASIAEXAMPLE',
      secretAccessKey: 'canary-key',
      sessionToken: 'canary-token',
    }),
  );
  expect([read.accessKeyId, read.secretAccessKey.reveal(), read.sessionToken?.reveal()]).toEqual([
    'ASIAEXAMPLE',
    'canary-key',
    'canary-token',
  ]);
  expect(() => readAwsKeys('{}')).toThrow('not a file of keys');
});
