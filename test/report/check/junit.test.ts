import { expect, test } from 'vitest';
import { fullView } from '../../../src/core/check/public-view.ts';
import { checkJunit } from '../../../src/report/check/junit.ts';
import { credentialResult, targetResult } from '../../core/check/samples.ts';
import { hostileView } from './hostile.ts';
import { checkedAt } from './sample-result.ts';

const view = fullView({
  checkedAt,
  status: 'failing',
  credentials: [
    credentialResult({ message: 'it works' }),
    credentialResult({ name: 'lab', status: 'expiring', message: 'it ends soon', hint: 'Renew.' }),
    credentialResult({ name: 'deploy', status: 'unknown', message: 'nobody knows' }),
  ],
  targets: [targetResult({ status: 'denied', message: 'no', hint: 'Ask.' })],
});

test('is one test for each credential and target, as GitLab and Bitbucket read it', () => {
  expect(checkJunit(view, 'failing')).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="pipeline-credentials" timestamp="2026-11-20T12:00:00">
  <testsuite name="credentials" tests="3" failures="0" errors="0" skipped="1">
    <testcase classname="pipeline-credentials.credentials" name="acme"><system-out>ok: it works</system-out></testcase>
    <testcase classname="pipeline-credentials.credentials" name="lab"><system-out>expiring: it ends soon</system-out></testcase>
    <testcase classname="pipeline-credentials.credentials" name="deploy"><skipped message="unknown: nobody knows"/></testcase>
  </testsuite>
  <testsuite name="targets" tests="1" failures="1" errors="0" skipped="0">
    <testcase classname="pipeline-credentials.targets" name="https://github.com/acme/rnaseq"><failure type="denied" message="denied: no">Ask.</failure></testcase>
  </testsuite>
</testsuites>
`);
});

test('what ends soon fails where that is asked for', () => {
  expect(checkJunit(view, 'expiring')).toContain('name="lab"><failure type="expiring"');
});

test('rule 27: nothing that a host says becomes XML', () => {
  const text = checkJunit(hostileView, 'failing');
  expect(text).not.toMatch(/<img|\]\]>|\p{Cf}|canary/u);
  const tags = new Set([...text.matchAll(/<\/?([a-z-]+)/g)].map(([, tag]) => tag));
  expect([...tags]).toEqual(['testsuites', 'testsuite', 'testcase', 'failure']);
});
