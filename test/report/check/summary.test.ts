import { describe, expect, test } from 'vitest';
import { fullView, publicView } from '../../../src/core/check/public-view.ts';
import { issueReport } from '../../../src/report/check/issue.ts';
import { checkSummary } from '../../../src/report/check/summary.ts';
import { credentialResult, targetResult } from '../../core/check/samples.ts';
import { hostileView } from './hostile.ts';
import { checkedAt, sampleResult } from './sample-result.ts';

const result = {
  checkedAt,
  status: 'expiring',
  credentials: [
    credentialResult({
      name: 'lab',
      status: 'expiring',
      expiresAt: new Date('2026-11-23T00:00:00Z'),
      expirySource: 'manifest',
      daysLeft: 2,
      message: 'it ends in 2 days (2026-11-23 00:00 UTC)',
      hint: 'Make a new one.',
      contact: '@ada',
    }),
  ],
  targets: [targetResult({ revision: { name: 'main', sha: 'ab'.repeat(20) } })],
} as const;

describe('the summary', () => {
  test('has tables, and a picture beside them', () => {
    expect(checkSummary(fullView(result))).toBe(`### Pipeline credentials: 1 credential ends soon

| Status | Credential | Ends | Targets | What to know |
| --- | --- | --- | --- | --- |
| ⏳ expiring | **lab** | 2026&#45;11&#45;23 00&#58;00 UTC by the manifest | 1 | It ends in 2 days &#40;2026&#45;11&#45;23 00&#58;00 UTC&#41;&#46; *Make a new one&#46;* |

What ends when (the soonest; the table has all):

\`\`\`mermaid
gantt
    dateFormat YYYY-MM-DD
    axisFormat %Y-%m-%d
    todayMarker off
    section Ends soon
    2d lab :active, 2026-11-20, 2026-11-23
\`\`\`

| Status | Target | Signed in by | Revision | What to know |
| --- | --- | --- | --- | --- |
| ✅ ok | https&#58;//github&#46;com/acme/rnaseq | acme | main &#40;abababa&#41; | It can be read&#46; |

Checked at 2026&#45;11&#45;20 12&#58;00 UTC.
`);
  });

  test('rule 27: nothing that a host says becomes Markdown, HTML, a mention or a picture', () => {
    const text = checkSummary(hostileView);
    expect(text).not.toMatch(/@everyone|<img|\]\(javascript|::|canary/);
    expect(text.match(/```mermaid/g)).toHaveLength(1);
    const rows = text.split('\n').filter((line) => line.startsWith('| ❌'));
    expect(rows.map((row) => row.split(' | ').length)).toEqual([5, 5]);
    expect(text).toContain('    10d section :2026-11-20, 2026-12-01');
  });

  test('rule 28: in public it names credentials, and counts targets', () => {
    const text = checkSummary(
      publicView({ ...result, targets: [...result.targets, targetResult({ status: 'denied' })] }),
    );
    expect(text).not.toMatch(/rnaseq|octocat/);
    expect(text).toContain('**lab**');
    expect(text).toContain('2 targets not named here: 1 denied, 1 ok.');
  });

  test.each([1, 20, 200, 1000])('stays readable, and within an issue, with %i credentials', (count) => {
    const view = fullView(sampleResult(count));
    expect(Buffer.byteLength(checkSummary(view))).toBeLessThan(1024 * 1024);
    const { body, isProblem, title } = issueReport(view, 'default');
    expect(body.length).toBeLessThan(65_000);
    expect([isProblem, title.length < 256]).toEqual([count > 1, true]);
    expect((checkSummary(view).match(/^ {4}-?\d+d /gm) ?? []).length).toBeLessThanOrEqual(30);
  });
});

test('an issue is for the contacts of what has a problem', () => {
  const others = [
    credentialResult({ contact: '@fine' }),
    credentialResult({ status: 'invalid', contact: 'ops@example.com' }),
  ];
  const { contacts } = issueReport(
    fullView({ ...result, credentials: [...result.credentials, ...others] }),
    'k',
  );
  expect(contacts).toEqual(['@ada', 'ops@example.com']);
});
