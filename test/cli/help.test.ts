import { expect, test } from 'vitest';
import { generalHelp, verbHelp } from '../../src/cli/help.ts';
import { findVerb, verbs } from '../../src/cli/verbs.ts';

const helpOf = (name: string): string => {
  const verb = findVerb(name);
  return verb === undefined ? '' : verbHelp(verb);
};

test('every help is at most a hundred characters wide', () => {
  const all = [generalHelp(verbs), ...verbs.map(verbHelp)].flatMap((text) => text.split('\n'));
  expect(all.filter((line) => line.length > 100)).toEqual([]);
});

test('flags stand before a command, which takes all that follows it', () => {
  expect(helpOf('exec')).toMatch(/^usage: pipeline-credentials exec \[FLAGS\] -- COMMAND\.\.\.\n/);
  expect(helpOf('demo')).toMatch(/^usage: pipeline-credentials demo \[FLAGS\]\n/);
});

test('long descriptions go on below their beginning, and what may be repeated says so', () => {
  expect(helpOf('setup')).toContain(`
  --credentials NAME            use only this credential; may be given again
  --repositories URL            a repository this job needs, 'URL write' to push (replaces the
                                manifest's list); may be given again
`);
});
