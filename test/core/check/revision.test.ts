import { describe, expect, test } from 'vitest';
import { nearestNames, resolveRevision, revisionNames } from '../../../src/core/check/revision.ts';

const [a, b, c] = ['a', 'b', 'c'].map((letter) => letter.repeat(40)) as [string, string, string];
const ref = (name: string, sha: string, target: string | null = null) => ({ name, sha, target });
const refs = [
  ref('HEAD', a, 'refs/heads/main'),
  ref('refs/heads/main', a),
  ref('refs/heads/feature/x', b),
  ref('refs/heads/v2.1.0', b),
  ref('refs/tags/v2.1.0', c),
  ref('refs/tags/v2.0.0', a),
  ref('refs/pull/7/head', c),
];

describe('resolveRevision', () => {
  test.each([
    [null, 'main', a],
    ['HEAD', 'main', a],
    ['main', 'main', a],
    ['feature/x', 'feature/x', b],
    ['v2.0.0', 'v2.0.0', a],
    ['v2.1.0', 'v2.1.0', b],
    ['refs/pull/7/head', 'refs/pull/7/head', c],
    [c, c, c],
    ['bbbbbbb', 'bbbbbbb', b],
  ])('%s is %s at %s', (wanted, name, sha) => {
    expect(resolveRevision(wanted, refs)).toEqual({ kind: 'found', revision: { name, sha } });
  });

  test('a whole commit id that is no tip must be asked for', () => {
    const sha = 'D'.repeat(40);
    expect(resolveRevision(sha, refs)).toEqual({ kind: 'commit', sha: 'd'.repeat(40) });
  });

  test('a part of a commit id is completed by tips only', () => {
    expect(resolveRevision('ddddddd', refs)).toEqual({ kind: 'abbreviated' });
  });

  test('a repository without commits is empty', () => {
    expect(resolveRevision(null, [])).toEqual({ kind: 'empty' });
  });

  test('what does not exist has nearest names', () => {
    expect(resolveRevision('mian', refs)).toEqual({ kind: 'none', nearest: ['main'] });
  });
});

test.each([
  ['v2.1', ['v2.1.0', 'v2.0.0']],
  ['V2.0.0', ['v2.0.0', 'v2.1.0']],
  ['feature', ['feature/x']],
  ['completely-else', []],
])('nearest to %s are %j', (wanted, nearest) => {
  expect(nearestNames(wanted, revisionNames(refs))).toEqual(nearest);
});

test('revisions are branches and tags, each name once', () => {
  expect(revisionNames(refs)).toEqual(['main', 'feature/x', 'v2.1.0', 'v2.0.0']);
});
