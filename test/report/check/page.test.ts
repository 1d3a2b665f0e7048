import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { fullView, publicView } from '../../../src/core/check/public-view.ts';
import { checkPage } from '../../../src/report/check/page.ts';
import { hostileView } from './hostile.ts';
import { sampleResult } from './sample-result.ts';

const fortnight = 14 * 86_400_000;
const page = checkPage(fullView(sampleResult(20)), fortnight);

describe('the page', () => {
  test('needs nothing else, and lets nothing else in', () => {
    const policy = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(page)?.[1];
    const hash = (tag: string) => {
      const [, text = ''] = new RegExp(`<${tag}>([\\s\\S]*?)</${tag}>`).exec(page) ?? [];
      return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
    };
    expect(policy).toBe(
      `default-src 'none'; script-src ${hash('script')}; style-src ${hash('style')}; base-uri 'none'; form-action 'none'`,
    );
    expect(page).not.toMatch(/<link|<img|@import|url\(|src=|style=|\son[a-z]+=/);
  });

  test('has a row for each credential and target, with heads that can be sorted by', () => {
    expect(page.match(/<tr class="/g)).toHaveLength(40);
    expect(page.match(/<th scope="col"[^>]*><button type="button">/g)).toHaveLength(7);
    expect(page.match(/<th scope="row"/g)).toHaveLength(40);
    expect(page).toContain('<html lang="en">');
  });

  test('rule 27: nothing that a host says becomes HTML', () => {
    const text = checkPage(hostileView, fortnight);
    const rows = text.slice(text.indexOf('<tbody>'));
    expect(rows).not.toMatch(/<img|<\/testcase|\p{Cf}|canary/u);
    expect(rows).toContain('&lt;img src=x onerror=alert(1)&gt; &quot;quoted&quot; &amp; &#39;more&#39;');
  });

  test('rule 28: in public private targets are counted only', () => {
    const text = checkPage(publicView(sampleResult(20)), fortnight);
    expect(text).toContain('<p class="quiet">18 targets not named here.</p>');
    expect(text).not.toContain('octocat');
  });
});
