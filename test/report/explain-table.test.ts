import { expect, test } from 'vitest';
import { explainTargets } from '../../src/app/explain.ts';
import { parseTargetLine } from '../../src/core/target/parse-target.ts';
import { explainTable } from '../../src/report/explain-table.ts';
import { credentials, today } from '../core/selection/samples.ts';

test('an explanation for people', () => {
  const requests = [
    'git@github.com:acme/rnaseq.git',
    'https://elsewhere.example/a/b',
    'https://elsewhere.example/a/b write',
    'git://github.com/a/b',
  ].map((line) => parseTargetLine(line, 'repository'));
  const manifest = {
    credentials: credentials({ name: 'acme-app', url: 'https://github.com/acme' }, { name: 'all' }),
    targets: [],
  };
  expect(explainTable(explainTargets(manifest, requests, today))).toBe(`\
https://github.com/acme/rnaseq (written git@github.com:acme/rnaseq.git)
  acme-app  selected       https://github.com/acme is the longest that covers the target
  all       less-specific  another one is for a longer part of the address

https://elsewhere.example/a/b
  anonymous: no credential covers it
  acme-app  other-host  it is for https://github.com/acme
  all       other-host  it is for the public hosts of github

https://elsewhere.example/a/b
  no-credential: no credential covers it
  hint: Add a credential that may write there, or ask for \`access: read\`.
  acme-app  other-host  it is for https://github.com/acme
  all       other-host  it is for the public hosts of github

git://github.com/a/b
  refused: git:// knows no sign-in and no encryption.
  hint: Write https:// in its place.
`);
});
