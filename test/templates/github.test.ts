import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { filesBelow, read } from '../conventions/sources.ts';

const folder = 'templates/github/workflow-templates';
const templates = filesBelow(folder).filter((path) => path.endsWith('.yml'));
const called = parse(read('.github/workflows/check.yml'));
const action = parse(read('check/action.yml'));

describe('the reusable workflow', () => {
  const [step] = called.jobs.check.steps;

  test('gives the action inputs that it has', () => {
    expect(Object.keys(step.with).filter((name) => !(name in action.inputs))).toEqual([]);
  });

  test('hands on all of its own inputs, with the same defaults', () => {
    const { 'runs-on': _, ...inputs } = called.on.workflow_call.inputs;
    for (const [name, { default: value }] of Object.entries<{ default?: unknown }>(inputs)) {
      expect([name, step.with[name]]).toEqual([name, expect.stringContaining(`inputs.${name}`)]);
      // Our own issue is what the workflow is for; everything else is as in the action.
      if (value !== undefined && name !== 'report-issue')
        expect(String(value)).toBe(action.inputs[name].default);
    }
  });

  test.each([called, ...templates.map((path) => parse(read(path)))].map((one) => one.on.schedule[0].cron))(
    'starts off the full hour: %s',
    (cron) => {
      const minute = Number(cron.split(' ')[0]);
      expect(minute % 15).not.toBe(0);
    },
  );
});

describe.each(templates)('%s', (path) => {
  const [job] = Object.values<{ uses: string; with: object; secrets: object; permissions: object }>(
    parse(read(path)).jobs,
  );

  test('calls the workflow with inputs and secrets that it has, and the rights it needs', () => {
    expect(job?.uses).toBe('your-org/pipeline-credentials/.github/workflows/check.yml@v1');
    const { inputs, secrets } = called.on.workflow_call;
    expect(Object.keys(job?.with ?? {}).filter((name) => !(name in inputs))).toEqual([]);
    expect(Object.keys(job?.secrets ?? {}).filter((name) => !(name in secrets))).toEqual([]);
    expect(job?.permissions).toEqual(called.jobs.check.permissions);
  });

  test('is described as GitHub wants it', () => {
    const described = JSON.parse(read(path.replace(/\.yml$/, '.properties.json')));
    expect(described).toEqual({
      name: expect.any(String),
      description: expect.any(String),
      iconName: expect.stringMatching(/^octicon [a-z-]+$/),
      categories: expect.any(Array),
    });
  });
});
