import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compileHosts } from '../../../src/core/target/hosts.ts';
import { parseTarget, parseTargetLine } from '../../../src/core/target/parse-target.ts';
import { printableAddress } from '../../../src/core/target/printable-address.ts';
import { gitProviders } from '../../../src/providers/index.ts';

test.each([
  ['https://github.com/a/b', 'https://github.com/a/b'],
  ['git@github.com:a/b.git', 'git@github.com:a/b.git'],
  ['ssh://git@github.com/a/b', 'ssh://git@github.com/a/b'],
  ['org-4711@github.com:a/b', 'org-4711@github.com:a/b'],
  ['codecommit::us-east-1://dev@name', 'codecommit::us-east-1://***@name'],
  ['https://canary@github.com/a/b', 'https://***@github.com/a/b'],
  ['https://alice:canary@github.com/a/b', 'https://***@github.com/a/b'],
  ['https://alice:can/ary@github.com/a/b', 'https://***@github.com/a/b'],
  ['https://alice:can?ary@github.com/a/b', 'https://***@github.com/a/b'],
  ['https://alice:can@ary@github.com/a/b', 'https://***@github.com/a/b'],
  ['alice:canary@github.com/a/b', '***@github.com/a/b'],
  ['https:/alice:canary@github.com/a/b', '***@github.com/a/b'],
  ['https://github.com/a/b?private_token=canary', 'https://github.com/a/b?***'],
  ['https://github.com/\u001b[2Ja', 'https://github.com/[2Ja'],
])('%j', (text, shown) => {
  expect(printableAddress(text)).toBe(shown);
});

const hosts = compileHosts([], gitProviders);
const before = fc.constantFrom(
  'https://',
  'http://',
  'ssh://',
  'git://',
  'https:/',
  '',
  'codecommit://',
  'x://',
  ' ',
);
const user = fc.constantFrom('', 'alice:', 'git:', '@', 'a:b:', 'git@', '%', '*', '/');
const after = fc.constantFrom(
  'github.com/a/b',
  'github.com:a/b',
  '*.x/y',
  'host',
  '',
  '[::1]/a',
  'a@b/c',
  'github.com/a?x#y',
);

test('user info never shows, neither in targets nor in problems', () => {
  fc.assert(
    fc.property(before, user, after, (scheme, name, rest) => {
      const text = `${scheme}${name}canary-secret@${rest}`;
      const shown = JSON.stringify([
        parseTarget(hosts, parseTargetLine(text, 'repository')),
        parseTarget(hosts, parseTargetLine(text, 'registry')),
      ]);
      expect(shown).not.toContain('canary');
    }),
    { numRuns: 1000 },
  );
});
