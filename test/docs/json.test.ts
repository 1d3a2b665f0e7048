import { describe, expect, test } from 'vitest';
import { checkJson } from '../../src/report/check/json.ts';
import { setupJson } from '../../src/report/setup-json.ts';
import { makeFolder } from '../app/keeping/folder.ts';
import { runLine } from '../cli/run-line.ts';
import { read } from '../conventions/sources.ts';
import { sampleResult } from '../report/check/sample-result.ts';
import { rows } from '../report/setup-rows.ts';
import { keys, page, sample, unique } from './json-page.ts';

const manifest = `version: 1
credentials: [{ name: lab, provider: gitlab, url: 'https://gitlab.example.com/lab', token: { env: LAB } }]
repositories: [https://gitlab.example.com/lab/variants]
`;
async function said(words: readonly string[], text = manifest): Promise<unknown> {
  using folder = makeFolder();
  folder.write('m.yml', text);
  const { stdout } = await runLine([...words, '--json', '--manifest', folder.file('m.yml')], {
    cwd: folder.path,
  });
  return JSON.parse(stdout);
}

describe('the page has the keys that programs get', () => {
  test.each<[string, () => unknown]>([
    ['An error', () => said(['explain'], manifest.replace('gitlab,', 'gitlap,'))],
    ['explain', () => said(['explain'])],
    ['lint', () => said(['lint'])],
    ['credential list', () => said(['credential', 'list'])],
    ['check', () => checkJson(sampleResult(20))],
    [
      'setup',
      () =>
        setupJson({ folder: '/tmp/x', environment: {}, rows, expiresAt: new Date('2026-11-20T12:30:00Z') }),
    ],
  ])('%s', async (heading, real) => {
    expect(unique(keys(sample(heading)))).toEqual(unique(keys(await real())));
  });
});

test('it names every code of a failure, with its exit code, and every verdict', () => {
  const [, codes = ''] = /const exitCodes = \{\n([\s\S]*?)\n\}/.exec(read('src/core/failure.ts')) ?? [];
  const names = [...codes.matchAll(/^ {2}'?([a-z-]+)'?: /gm)].map(([, name = '']) => name);
  const [, types = ''] =
    /export type Exclusion =([\s\S]*?)export type Verdict/.exec(read('src/core/selection/selection.ts')) ??
    [];
  const verdicts = [...types.matchAll(/'([a-z-]+)'/g)].map(([, name = '']) => name);
  const all = [...names, 'selected', 'pinned', ...verdicts.filter((name) => name !== 'out-of-reach')];
  expect(all.length).toBeGreaterThan(24);
  expect(all.filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
});
