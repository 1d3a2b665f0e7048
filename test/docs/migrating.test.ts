import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { firstManifest } from '../../src/core/init/first-manifest.ts';
import { workflowFindings } from '../../src/core/init/workflow-steps.ts';
import { readManifests } from '../../src/core/manifest/read.ts';
import { gitProviders } from '../../src/providers/index.ts';
import { read } from '../conventions/sources.ts';

const page = read('docs/migrating.md');
const sections = page
  .split(/^## From /m)
  .slice(1)
  .map((text) => ({
    action: text.split('\n')[0] ?? '',
    samples: [...text.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].map(([, sample = '']) => sample),
  }));
const own = { kind: 'own', url: 'https://github.com/acme/pipeline', file: '.git/config' } as const;

describe.each(sections)('from $action', ({ samples }) => {
  const [before = '', manifest = '', step = ''] = samples;
  const findings = workflowFindings({ path: 'ci.yml', text: before });
  const first = firstManifest([own, ...findings], { head: '', rules: gitProviders });

  test('`init` writes the manifest of the page', () => {
    expect(first.text.replace(/^\n|^ *# as in .*\n/gm, '')).toBe(manifest);
    expect(readManifests([{ name: 'm', text: manifest, trust: 'trusted' }], gitProviders).problems).toEqual(
      [],
    );
  });

  test('`init` prints the step of the page', () => {
    expect(`${first.step.join('\n')}\n`).toBe(step);
  });
});

test('every input that is named is one of that action, and every one of ours is ours', () => {
  const ours: { inputs: object; outputs: object } = parse(read('action.yml'));
  for (const { samples } of sections) {
    for (const sample of samples) {
      const steps: unknown = parse(sample);
      if (!Array.isArray(steps)) continue;
      for (const { uses = '', with: inputs = {} } of steps) {
        if (!String(uses).startsWith('your-org/')) continue;
        expect(Object.keys(ours.inputs)).toEqual(expect.arrayContaining(Object.keys(inputs)));
      }
      for (const [, output = ''] of sample.matchAll(/steps\.credentials\.outputs\.([\w-]+)/g)) {
        expect(Object.keys(ours.outputs)).toContain(output);
      }
    }
  }
});

test('nothing is left to decide in the sample of docker/login-action', () => {
  const findings = workflowFindings({ path: 'ci.yml', text: sections[1]?.samples[0] ?? '' });
  expect(findings.filter(({ kind }) => kind === 'note')).toEqual([]);
});
