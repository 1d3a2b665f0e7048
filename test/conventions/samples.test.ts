import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { manifestJsonSchema } from '../../src/core/manifest/json-schema.ts';
import { readManifests } from '../../src/core/manifest/read.ts';
import { gitProviders } from '../../src/providers/index.ts';
import { filesBelow, read } from './sources.ts';

interface Step {
  readonly uses?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

/** Every YAML sample of every document, with its place. */
const samples = filesBelow('.')
  .filter((path) => path.endsWith('.md'))
  .flatMap((path) => {
    const blocks = [...read(path).matchAll(/^```ya?ml\n([\s\S]*?)^```$/gm)];
    return blocks.map(({ 1: text = '', index }) => ({
      place: `${path}:${read(path).slice(0, index).split('\n').length}`,
      text,
    }));
  });

/** Whole manifests, and lists of credentials, which need a manifest around them. */
const manifests = samples.flatMap(({ place, text }) => {
  if (/^version: 1$/m.test(text)) return [{ place, text }];
  if (/^- (?:name: |\{ name: ).*(?:\n {2}|, )provider:/m.test(text)) {
    return [{ place, text: `version: 1\ncredentials:\n${text}` }];
  }
  return [];
});

const steps = samples.flatMap(({ place, text }) =>
  stepsOf(parse(text, { logLevel: 'error' }))
    .filter((step) => inputsOf(step.uses ?? '') !== null)
    .map((step) => ({ place, step })),
);

const validate = new Ajv({ allowUnionTypes: true }).compile(manifestJsonSchema(gitProviders));

describe('samples in documents', () => {
  test('are found', () => {
    expect(manifests.length).toBeGreaterThan(5);
    expect(steps.length).toBeGreaterThan(0);
  });

  test.each(manifests)('the manifest at $place is valid', ({ text }) => {
    const { problems } = readManifests([{ name: 'sample', text, trust: 'trusted' }], gitProviders);
    expect(problems).toEqual([]);
  });

  test.each(manifests)('the manifest at $place is valid to editors', ({ text }) => {
    expect(validate(parse(text)), JSON.stringify(validate.errors)).toBe(true);
  });

  test.each(steps)('the step at $place gives inputs that exist', ({ step }) => {
    const inputs = inputsOf(step.uses ?? '') ?? [];
    expect(Object.keys(step.with ?? {}).filter((name) => !inputs.includes(name))).toEqual([]);
  });
});

/** What may be given to one of our actions, or to our reusable workflow; null for those of others. */
function inputsOf(uses: string): readonly string[] | null {
  const [, path] = /^your-org\/pipeline-credentials(\/.+)?@v1$/.exec(uses) ?? [];
  if (uses.startsWith('your-org/pipeline-credentials@')) return Object.keys(parse(read('action.yml')).inputs);
  if (path === undefined) return null;
  const file = parse(read(path.endsWith('.yml') ? path.slice(1) : `${path.slice(1)}/action.yml`));
  return Object.keys(file.on?.workflow_call.inputs ?? file.inputs);
}

/** Steps wherever they stand in a sample: a list of them, or a workflow. */
function stepsOf(value: unknown): Step[] {
  if (Array.isArray(value)) return value.flatMap(stepsOf);
  if (value === null || typeof value !== 'object') return [];
  return 'uses' in value ? [value as Step] : Object.values(value).flatMap(stepsOf);
}
