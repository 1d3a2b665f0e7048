import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { commonFlags } from '../../src/cli/flags.ts';
import { findVerb, verbOf } from '../../src/cli/verbs.ts';
import { code, filesBelow, read } from './sources.ts';

const action = parse(read('action.yml'));
const inputs = Object.keys(action.inputs);
const outputs = Object.keys(action.outputs);

/** Inputs that are no flags of `setup`, and what the command line has instead. */
const otherwise: Record<string, string> = {
  'token-for': 'the verb token',
  'github-token': "--no-job-token; elsewhere the job's token is found by itself",
  'install-cli': 'it is there already',
};

/** Every call of the command line in documents and samples: the verb, and the flags up to the end of the command. */
const calls = ['README.md', ...filesBelow('docs'), ...filesBelow('.github')].flatMap((path) =>
  [
    ...read(path).matchAll(
      /(?:\bnpx |[`(]|^\s*)pipeline-credentials(?:@\S+)? ([a-z][a-z-]+)((?: [^`\n|;)]*)?)/gm,
    ),
  ].map(([, first = '', rest = '']) => ({
    path,
    verb: verbOf([first, ...rest.trim().split(/\s+/)])?.verb.name ?? first,
    flags: [...(rest.split(' -- ')[0] ?? '').matchAll(/(?<=\s)--([a-z][a-z-]*)/g)].map(
      (match) => match[1] ?? '',
    ),
  })),
);

describe('the action and the command line', () => {
  test('take the same settings by the same names', () => {
    const flags = findVerb('setup')?.flags.map(({ name }) => name) ?? [];
    expect(inputs.filter((name) => !flags.includes(name) && !(name in otherwise))).toEqual([]);
    expect(Object.keys(otherwise).filter((name) => flags.includes(name))).toEqual([]);
  });

  test('read every input and give every output', () => {
    const text = filesBelow('src/action').map(code).join('\n');
    expect(
      [...inputs, ...outputs].filter((name) => !new RegExp(`['"]?\\b${name}\\b['"]?`).test(text)),
    ).toEqual([]);
  });

  test('are called in documents by verbs and flags that exist', () => {
    expect(calls.length).toBeGreaterThan(10);
    expect(calls.filter(({ verb }) => findVerb(verb) === undefined)).toEqual([]);
    const strays = calls.flatMap(({ path, verb, flags }) => {
      const known = [...(findVerb(verb)?.flags ?? []), ...commonFlags].map(({ name }) => name);
      return flags.filter((flag) => !known.includes(flag)).map((flag) => `${path}: ${verb} --${flag}`);
    });
    expect(strays).toEqual([]);
  });
});
