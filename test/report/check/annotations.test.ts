import { expect, test } from 'vitest';
import { fullView } from '../../../src/core/check/public-view.ts';
import { annotations } from '../../../src/report/check/annotations.ts';
import { credentialResult, targetResult } from '../../core/check/samples.ts';
import { checkedAt } from './sample-result.ts';

const place = { path: 'credentials[1]', source: null, line: 7, column: 5 };
const view = (count: number) =>
  fullView({
    checkedAt,
    status: 'failing',
    credentials: [
      credentialResult(),
      ...Array.from({ length: count }, (_none, index) =>
        credentialResult({ name: `c${index}`, status: 'invalid', message: 'no', hint: 'Renew.', place }),
      ),
      credentialResult({ name: 'soon', status: 'expiring', message: 'it ends', hint: '' }),
    ],
    targets: [targetResult({ status: 'unknown' })],
  });

test('one for each problem, at its line where the manifest is a file', () => {
  expect(annotations(view(1), () => 'ci/credentials.yml')).toEqual([
    {
      severity: 'error',
      title: 'c0: invalid',
      message: 'c0: no. Renew.',
      file: 'ci/credentials.yml',
      line: 7,
    },
    {
      severity: 'warning',
      title: 'soon: expiring',
      message: 'soon: it ends.',
      file: 'ci/credentials.yml',
      line: 3,
    },
  ]);
  expect(annotations(view(1), () => null)[0]).toMatchObject({ file: null, line: null });
});

test('no more of a kind than a step shows, and the others are counted', () => {
  const errors = annotations(view(25), () => null).filter(({ severity }) => severity === 'error');
  expect(errors).toHaveLength(10);
  expect(errors.at(-1)).toMatchObject({ title: '16 more' });
});
