import { expect, test } from 'vitest';
import { setupSummary } from '../../src/report/setup-summary.ts';

const rows = [
  {
    target: 'https://github.com/acme/rnaseq',
    credential: 'acme-app',
    expiresAt: new Date('2026-11-20T12:30:00Z'),
    reason: 'its base URL',
  },
  {
    target: 'https://github.com/acme/variants',
    credential: 'acme-app',
    expiresAt: new Date('2026-11-20T12:29:59Z'),
    reason: 'its base URL',
  },
  { target: 'docker.io', credential: 'hub', expiresAt: null, reason: 'its base URL' },
  { target: 'https://github.com/nf-core/tools', credential: null, expiresAt: null, reason: 'its base URL' },
];

test('one row for each credential, what it serves, until when', () => {
  expect(
    setupSummary(rows, { namesTargets: true }).replace(/&#(\d+);/g, (_, code) => String.fromCharCode(code)),
  ).toBe(
    [
      '### Pipeline credentials',
      '',
      '| Credential | Serves | Until |',
      '| --- | --- | --- |',
      '| acme-app | https://github.com/acme/rnaseq<br>https://github.com/acme/variants | 2026-11-20 12:29 UTC |',
      '| hub | docker.io | no end known |',
      '| *anonymous* | https://github.com/nf-core/tools | no end known |',
      '',
    ].join('\n'),
  );
});

test('rule 28: where strangers read, targets are counted and not named', () => {
  const summary = setupSummary(rows, { namesTargets: false });
  expect(summary).toContain('| 2 targets |');
  expect(summary).not.toContain('rnaseq');
});
