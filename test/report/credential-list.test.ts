import { expect, test } from 'vitest';
import { type ListedCredential, listTable } from '../../src/report/credential-list.ts';

const lab: ListedCredential = {
  name: 'lab',
  provider: 'gitlab',
  covers: ['https://gitlab.example.com/lab', 'registry.example.com/lab'],
  status: 'active',
  expires: new Date('2027-01-31T00:00:00Z'),
  environments: null,
  contact: null,
  usedBy: ['https://gitlab.example.com/lab/variants', 'registry.example.com/lab'],
};
const now = new Date('2026-11-20T12:00:00Z');

test('a table in a log, and where it fits', () => {
  const table = `NAME  PROVIDER  FOR                                                       STATUS  ENDS                              USED BY
lab   gitlab    https://gitlab.example.com/lab, registry.example.com/lab  active  2027-01-31 00:00 UTC, in 71 days  https://gitlab.example.com/lab/variants and 1 more
`;
  expect(listTable([lab], now)).toBe(table);
  expect(listTable([lab], now, 200)).toBe(table);
});

test('lines of its own for each on a narrow terminal', () => {
  expect(listTable([lab], now, 80)).toBe(`lab
  provider  gitlab
  for       https://gitlab.example.com/lab, registry.example.com/lab
  status    active
  ends      2027-01-31 00:00 UTC, in 71 days
  used by   https://gitlab.example.com/lab/variants and 1 more
`);
});
