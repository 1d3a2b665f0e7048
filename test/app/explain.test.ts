import { expect, test } from 'vitest';
import { exitCodeOf, explainTargets } from '../../src/app/explain.ts';
import { parseTargetLine } from '../../src/core/target/parse-target.ts';
import { explainJson } from '../../src/report/explain-json.ts';
import { credentials, today } from '../core/selection/samples.ts';

const manifest = {
  credentials: credentials(
    { name: 'acme', url: 'https://github.com/acme' },
    { name: 'hub', provider: 'registry', registries: ['docker.io'] },
  ),
  targets: [],
};

function explained(...lines: readonly string[]) {
  return explainTargets(
    manifest,
    lines.map((line) =>
      parseTargetLine(line.replace('image ', ''), line.startsWith('image ') ? 'registry' : 'repository'),
    ),
    today,
  );
}

test('the JSON of an explanation', () => {
  const shown = explainJson(
    explained('git@github.com:acme/rnaseq.git', 'image alpine:3', 'https://alice:canary@github.com'),
  );
  expect(shown).toEqual({
    version: 1,
    targets: [
      {
        target: 'https://github.com/acme/rnaseq',
        given: 'git@github.com:acme/rnaseq.git',
        kind: 'repository',
        provider: 'github',
        selected: 'acme',
        reason: 'https://github.com/acme is the longest that covers the target',
        candidates: [
          {
            name: 'acme',
            verdict: 'selected',
            reason: 'https://github.com/acme is the longest that covers the target',
          },
          { name: 'hub', verdict: 'other-provider', reason: 'it is for a registry, not for git' },
        ],
        omitted: 0,
      },
      {
        target: 'docker.io/library/alpine',
        given: 'alpine:3',
        kind: 'registry',
        provider: 'registry',
        selected: 'hub',
        reason: 'docker.io is the longest that covers the target',
        candidates: [
          { name: 'hub', verdict: 'selected', reason: 'docker.io is the longest that covers the target' },
          { name: 'acme', verdict: 'other-provider', reason: 'it names no `registries`' },
        ],
        omitted: 0,
      },
      {
        target: 'https://***@github.com',
        given: 'https://***@github.com',
        kind: 'repository',
        provider: null,
        selected: null,
        candidates: [],
        omitted: 0,
        problem: {
          severity: 'error',
          code: 'target-path',
          path: '',
          line: null,
          column: null,
          message: 'https://***@github.com: The address names a host but no repository.',
          hint: expect.any(String),
        },
      },
    ],
  });
});

test.each([
  [['https://github.com/acme/x', 'https://elsewhere.example/a/b'], 0],
  [['https://elsewhere.example/a/b write'], 1],
  [['https://elsewhere.example/a/b write', 'git://x/y'], 2],
])('%j ends with %i', (lines, code) => {
  expect(exitCodeOf(explained(...lines))).toBe(code);
});
