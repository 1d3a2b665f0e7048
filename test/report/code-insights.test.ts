import { expect, test } from 'vitest';
import type { CheckResult, CredentialResult, TargetResult } from '../../src/core/check/result.ts';
import { codeInsights } from '../../src/report/code-insights.ts';

const place = { path: 'credentials[0]', source: null, line: 1, column: 1 };
const credential = (name: string, status: CredentialResult['status']): CredentialResult => ({
  name,
  provider: 'github',
  kind: 'token',
  status,
  expiresAt: null,
  expirySource: 'none',
  daysLeft: null,
  scopes: null,
  missing: [],
  identity: null,
  usedBy: [],
  message: `it is ${status}`,
  hint: 'Do something.',
  contact: null,
  place,
});
const target = (name: string, status: TargetResult['status']): TargetResult => ({
  target: name,
  kind: 'repository',
  credential: null,
  access: 'read',
  status,
  revision: null,
  message: `it is ${status}`,
  hint: '',
  revisions: null,
  proof: 'credential',
  place: null,
});
const insights = (result: Omit<CheckResult, 'checkedAt'>) =>
  codeInsights({ result: { checkedAt: new Date(0), ...result }, hidden: {} });

test('one annotation for each problem, what fails first', () => {
  const { report, annotations } = insights({
    status: 'failing',
    credentials: [credential('soon', 'expiring'), credential('fine', 'ok'), credential('dead', 'invalid')],
    targets: [
      target('https://github.com/acme/a', 'denied'),
      target('https://github.com/acme/b', 'anonymous'),
    ],
  });
  expect(report).toEqual({
    title: 'Credentials',
    details: '2 do not work, 1 ends soon.',
    report_type: 'SECURITY',
    reporter: 'pipeline-credentials',
    result: 'FAILED',
    data: [
      { title: 'Credentials', type: 'NUMBER', value: 3 },
      { title: 'Targets', type: 'NUMBER', value: 2 },
      { title: 'Failing', type: 'NUMBER', value: 2 },
      { title: 'Ending soon', type: 'NUMBER', value: 1 },
    ],
  });
  expect(annotations.map(({ external_id, severity, summary }) => [external_id, severity, summary])).toEqual([
    ['pipeline-credentials-1', 'HIGH', 'dead: it is invalid'],
    ['pipeline-credentials-2', 'HIGH', 'https://github.com/acme/a: it is denied'],
    ['pipeline-credentials-3', 'MEDIUM', 'soon: it is expiring'],
  ]);
});

test('all is well', () => {
  const { report, annotations } = insights({
    status: 'ok',
    credentials: [credential('a', 'ok')],
    targets: [],
  });
  expect(report).toMatchObject({ result: 'PASSED', details: 'Every credential works, and none ends soon.' });
  expect(annotations).toEqual([]);
});

test('no more and no longer than Bitbucket takes', () => {
  const many = Array.from({ length: 200 }, (_, index) => ({
    ...credential(`c${index}`, 'expired'),
    message: 'x'.repeat(3000),
    hint: 'y'.repeat(3000),
  }));
  const { annotations } = insights({ status: 'failing', credentials: many, targets: [] });
  expect(annotations).toHaveLength(100);
  expect(annotations[0]?.summary).toHaveLength(450);
  expect(annotations[0]?.details).toHaveLength(2000);
});
