import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fullView } from '../../src/core/check/public-view.ts';
import { checkPage } from '../../src/report/check/page.ts';
import { hostileView } from '../report/check/hostile.ts';
import { sampleResult } from '../report/check/sample-result.ts';
import { openPage, type Page } from './browser.ts';

const folder = mkdtempSync(join(tmpdir(), 'pages-'));
const fortnight = 14 * 86_400_000;
let page: Page;
beforeAll(async () => {
  page = await openPage();
});
afterAll(async () => {
  await page[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true });
});

async function show(count: number | 'hostile'): Promise<string> {
  const view = count === 'hostile' ? hostileView : fullView(sampleResult(count));
  const path = join(folder, `${count}.html`);
  writeFileSync(path, checkPage(view, fortnight));
  page.requested.length = 0;
  const url = pathToFileURL(path).href;
  await page.open(url);
  return url;
}

const columns = (index: number) =>
  `[...document.querySelector('table').tBodies[0].rows].map((row) => row.cells[${index}].dataset.key)`;
const focused = 'document.activeElement.textContent.trim()';

describe('the page in a browser', () => {
  test.each([1, 20, 200, 'hostile'] as const)(
    'asks for nothing and breaks no rule of its own (%s)',
    async (count) => {
      const url = await show(count);
      expect(page.requested).toEqual([url]);
      expect(page.complaints).toEqual([]);
    },
  );

  test('is sorted by the heads of its table, by keyboard alone, and says so', async () => {
    await show(20);
    const seen: string[] = [];
    for (let count = 0; count < 8 && seen.at(-1) !== 'Credential'; count++) {
      await page.press('Tab');
      seen.push(await page.evaluate<string>(focused));
    }
    expect(seen.at(-1)).toBe('Credential');
    await page.press('Enter');
    const names = await page.evaluate<string[]>(columns(1));
    expect(names).toEqual([...names].sort());
    expect(await page.evaluate("document.querySelector('th[aria-sort]').getAttribute('aria-sort')")).toBe(
      'ascending',
    );
    await page.press('Space');
    expect(await page.evaluate<string[]>(columns(1))).toEqual([...names].reverse());
    expect(await page.evaluate("document.querySelectorAll('th[aria-sort]').length")).toBe(2);
  });

  test('numbers are sorted as numbers', async () => {
    await show(200);
    await page.evaluate("document.querySelectorAll('thead button')[2].click()");
    const days = (await page.evaluate<string[]>(columns(2))).map(Number);
    expect(days).toEqual([...days].sort((a, b) => a - b));
  });

  test('shows only what needs attention, when asked to', async () => {
    await show(20);
    const shown =
      "[...document.querySelectorAll('.credentials tbody tr')].filter((row) => row.offsetParent !== null).length";
    expect(await page.evaluate(shown)).toBe(20);
    await page.evaluate("document.querySelector('.filter input').click()");
    expect(await page.evaluate(shown)).toBe(10);
  });

  test('tells a screen reader its parts by name', async () => {
    await show(20);
    const said = await page.announced();
    for (const one of [
      'heading Pipeline credentials',
      'region Credentials 20',
      'columnheader Status',
      'button Credential',
      'columnheader How long it lasts, as a bar now 8 months',
      'rowheader lab gitlab, token',
      'checkbox Only what needs attention',
    ]) {
      expect(said.map((text) => text.replace(/\s+/g, ' '))).toContain(one);
    }
  });

  test.each(['light', 'dark'] as const)('has text that can be read in %s', async (scheme) => {
    await page.prefer(scheme);
    await show(20);
    const back = await page.evaluate<string>('getComputedStyle(document.body).backgroundColor');
    const texts = await page.evaluate<string[]>(
      "['.headline', '.quiet', '.ok .status', '.expiring .status', '.failing .status', '.unknown .status', 'small', '.hint', 'tbody th'].map((one) => getComputedStyle(document.querySelector(one)).color)",
    );
    expect(luminance(back) > 0.5).toBe(scheme === 'light');
    // Of WCAG 2, for text of any size: https://www.w3.org/TR/WCAG22/#contrast-minimum
    expect(texts.filter((text) => contrast(text, back) < 4.5)).toEqual([]);
  });

  test('does not overflow a narrow screen, and shows all of it there', async () => {
    await using narrow = await openPage({ width: 390, height: 800 });
    await show(20);
    await narrow.open(pathToFileURL(join(folder, '20.html')).href);
    expect(await narrow.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
    const outside =
      "[...document.querySelectorAll('tbody *')].filter((one) => one.getBoundingClientRect().right > innerWidth).length";
    expect(await narrow.evaluate(outside)).toBe(0);
    const width = "document.querySelector('.hint').getBoundingClientRect().width";
    expect(await narrow.evaluate(width)).toBeGreaterThan(250);
  });
});

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = (colour.match(/[\d.]+/g) ?? []).map((part) => {
    const share = Number(part) / 255;
    return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(a: string, b: string): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}
