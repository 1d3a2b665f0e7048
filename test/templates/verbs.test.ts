import { expect, test } from 'vitest';
import { commonFlags } from '../../src/cli/flags.ts';
import { findVerb } from '../../src/cli/verbs.ts';
import { filesBelow, read } from '../conventions/sources.ts';
import { inputSpecs } from './gitlab-template.ts';

/** Calls of the command line in the shell of templates: the verb, and every flag that the file gives it. */
const calls = filesBelow('templates')
  .filter((path) => path.endsWith('.sh'))
  .flatMap((path) => {
    const text = read(path);
    const verbs = [...text.matchAll(/(?:"\$cli"|\/index\.js"?) ([a-z]+)/g)].map(([, verb]) => String(verb));
    const flags = verbs.length === 0 ? [] : (text.match(/(?<=\s)--[a-z][a-z-]*/g) ?? []);
    return verbs.map((verb) => ({ path, verb, flags }));
  });

test('templates call the command line', () => {
  expect(calls.map(({ verb }) => verb)).toEqual(expect.arrayContaining(['setup', 'cleanup']));
});

test.each(calls)('$path calls $verb with flags that it has', ({ verb, flags }) => {
  const known = [...(findVerb(verb)?.flags ?? []), ...commonFlags].map(({ name }) => `--${name}`);
  expect(findVerb(verb)?.name).toBe(verb);
  expect(flags.filter((flag) => !known.includes(flag))).toEqual([]);
});

test('the inputs of the component setup take what its flags take', () => {
  const flags = new Map(findVerb('setup')?.flags.map(({ name, value }) => [name, value]));
  const specs = inputSpecs(read('templates/setup/template.yml'));
  for (const [name, { options }] of Object.entries(specs))
    if (options !== undefined) expect(options.join('|'), name).toBe(flags.get(name));
});
