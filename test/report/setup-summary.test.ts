import { expect, test } from 'vitest';
import { setupSummary } from '../../src/report/setup-summary.ts';
import { rows } from './setup-rows.ts';

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
      '| robot | quay.io | never ends |',
      '| *anonymous* | https://github.com/nf-core/tools |  |',
      '',
    ].join('\n'),
  );
});

test('rule 28: where strangers read, targets are counted and not named', () => {
  const summary = setupSummary(rows, { namesTargets: false });
  expect(summary).toContain('| 2 targets |');
  expect(summary).not.toContain('rnaseq');
});
