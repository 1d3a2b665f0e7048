import { expect, test } from 'vitest';
import { insightsRequests } from '../../src/ci/bitbucket-insights.ts';

const step = { BITBUCKET_REPO_FULL_NAME: 'lab/variants', BITBUCKET_COMMIT: '0a1b2c' };
const url =
  'http://api.bitbucket.org/2.0/repositories/lab/variants/commit/0a1b2c/reports/pipeline-credentials';
const report = { title: 'Credentials' };

test('an earlier report goes, the report and its annotations come', () => {
  expect(insightsRequests(step, { report, annotations: [1] })).toEqual([
    { method: 'DELETE', url, body: null },
    { method: 'PUT', url, body: report },
    { method: 'POST', url: `${url}/annotations`, body: [1] },
  ]);
});

test('no request for no annotations', () => {
  expect(insightsRequests(step, { report, annotations: [] }).map(({ method }) => method)).toEqual([
    'DELETE',
    'PUT',
  ]);
});

test.each([
  {},
  { ...step, BITBUCKET_REPO_FULL_NAME: 'lab/../..' },
  { ...step, BITBUCKET_REPO_FULL_NAME: 'lab/variants/commit' },
  { ...step, BITBUCKET_COMMIT: 'main' },
])('%j gets none', (env) => {
  expect(insightsRequests(env, { report, annotations: [] })).toEqual([]);
});
