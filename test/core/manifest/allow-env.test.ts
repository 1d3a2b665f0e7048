import { expect, test } from 'vitest';
import { parseAllowEnv } from '../../../src/core/manifest/allow-env.ts';

test('names and the exact hosts they are for', () => {
  const text =
    'ACME_APP_KEY=github.com\n\n  LAB_TOKEN = gitlab.example.com:8443, Registry.example.com:443 \nACME_APP_KEY=ghcr.io\r\n';
  expect(parseAllowEnv(text)).toEqual(
    new Map([
      ['ACME_APP_KEY', new Set(['github.com', 'ghcr.io'])],
      ['LAB_TOKEN', new Set(['gitlab.example.com:8443', 'registry.example.com'])],
    ]),
  );
});

test.each([
  'ACME',
  'ACME=',
  '=github.com',
  'A B=github.com',
  'A=*',
  'A=*.example.com',
  'A=https://github.com',
  'A=github.com,',
  'A=github.com/acme',
])('rule 1: %s is refused by its line, not its text', (line) => {
  const fault = parseAllowEnv(`GOOD=github.com\n${line}`);
  expect(fault).toMatchObject({ code: 'allow-env-invalid', message: expect.stringContaining('Line 2') });
});
