import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseChallenges, preferredChallenge } from '../../src/registries/challenge.ts';

function plain(header: string) {
  return parseChallenges(header).map(({ scheme, parameters }) => [scheme, Object.fromEntries(parameters)]);
}

describe('a challenge', () => {
  test.each([
    [
      'Bearer realm="https://auth.docker.io/token",service="registry.docker.io",scope="repository:a/b:pull,push"',
      [
        [
          'bearer',
          {
            realm: 'https://auth.docker.io/token',
            service: 'registry.docker.io',
            scope: 'repository:a/b:pull,push',
          },
        ],
      ],
    ],
    ['Basic realm="harbor"', [['basic', { realm: 'harbor' }]]],
    ['BASIC Realm = "a \\"quoted\\" one"', [['basic', { realm: 'a "quoted" one' }]]],
    ['Bearer realm=https', [['bearer', { realm: 'https' }]]],
    [
      'Negotiate, Bearer realm="r", Basic realm="b", charset="UTF-8"',
      [
        ['negotiate', {}],
        ['bearer', { realm: 'r' }],
        ['basic', { realm: 'b', charset: 'UTF-8' }],
      ],
    ],
    [
      'Negotiate YIIJvwYGKwYBBQUCoIIJszCCCa==, Basic realm="b"',
      [
        ['negotiate', {}],
        ['basic', { realm: 'b' }],
      ],
    ],
    ['Bearer realm="first",realm="second"', [['bearer', { realm: 'first' }]]],
    ['Bearer realm="", __proto__="x"', [['bearer', JSON.parse('{"realm":"","__proto__":"x"}')]]],
    ['realm="of nothing"', []],
    ['Bearer realm="never closed', [['bearer', { realm: '' }]]],
    ['', []],
    ['@', []],
  ])('%s', (header, expected) => {
    expect(plain(header)).toEqual(expected);
  });

  test('a token service is preferred, then Basic, then nothing', () => {
    const prefer = (header: string) => preferredChallenge(parseChallenges(header))?.scheme ?? null;
    expect(prefer('Basic realm="a", Bearer realm="https://t"')).toBe('bearer');
    expect(prefer('Bearer, Basic realm="a"')).toBe('basic');
    expect(prefer('Negotiate')).toBe(null);
  });
});

describe('whatever a server sends', () => {
  const name = fc.stringMatching(/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,12}$/);
  const parameters = fc.uniqueArray(fc.tuple(name, fc.string({ unit: 'grapheme' })), {
    selector: ([key]) => key.toLowerCase(),
    maxLength: 5,
  });
  const challenge = fc.record({ scheme: name, parameters: parameters });

  test('challenges come back equal', () => {
    fc.assert(
      fc.property(fc.array(challenge, { maxLength: 4 }), (challenges) => {
        const header = challenges
          .map(({ scheme, parameters }) => `${scheme} ${parameters.map(quoted).join(', ')}`)
          .join(', ');
        expect(parseChallenges(header).map((each) => [each.scheme, [...each.parameters]])).toEqual(
          challenges.map((each) => [
            each.scheme.toLowerCase(),
            each.parameters.map(([key, value]) => [key.toLowerCase(), value]),
          ]),
        );
      }),
    );
  });

  test('it is read without an error', () => {
    const hostile = fc.stringMatching(/^[Basic realm="\\,; \t\r\n\0é]*$/);
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), hostile), (text) => void parseChallenges(text)),
    );
  });

  test.each([
    ['separators', ', '],
    ['backslashes', '\\"'],
    ['schemes', 'a '],
    ['signs', 'a=='],
    ['open quotes', 'a="'],
  ])('a megabyte of %s takes no time', (_, part) => {
    const header = `Bearer realm="${part.repeat(500_000)}`;
    const started = performance.now();
    parseChallenges(header);
    parseChallenges(part.repeat(500_000));
    expect(performance.now() - started).toBeLessThan(500);
  });
});

function quoted([key, value]: readonly [string, string]): string {
  return `${key}="${value.replace(/["\\]/g, '\\$&')}"`;
}
