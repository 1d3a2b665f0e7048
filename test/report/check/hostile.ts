import { cleanResult } from '../../../src/core/check/clean.ts';
import { fullView, type PublicView } from '../../../src/core/check/public-view.ts';
import { credentialResult, targetResult } from '../../core/check/samples.ts';
import { checkedAt } from './sample-result.ts';

/** What a host or a manifest may say to get at a reader, a log or a page. */
export const hostile = [
  '@everyone <img src=x onerror=alert(1)> "quoted" & \'more\'',
  '| cell ]]> </testcase> ::error::x ##[error]x',
  '\u001b[31mred\u202e [link](javascript:x) `code` #1',
  'end:\r\nEND:VEVENT;x,y\\z ```mermaid',
].join(' ');

/** A result that says it everywhere, and holds a secret; as the check hands it to reports. */
export const hostileView: PublicView = fullView(
  cleanResult(
    {
      checkedAt,
      status: 'failing',
      credentials: [
        credentialResult({
          name: 'section',
          status: 'invalid',
          message: hostile,
          hint: hostile,
          identity: hostile,
          scopes: [hostile],
          missing: [hostile],
          contact: 'eve@example.com canary-secret',
          expiresAt: new Date('2026-12-01T00:00:00Z'),
          expirySource: 'host',
          daysLeft: 10,
        }),
      ],
      targets: [
        targetResult({
          target: `https://git.example.com/${encodeURIComponent('a<b>"c"')}`,
          status: 'denied',
          message: `canary-secret ${hostile}`,
          hint: hostile,
          revision: { name: hostile, sha: '1'.repeat(40) },
          revisions: [hostile],
        }),
      ],
    },
    ['canary-secret'],
  ),
);
