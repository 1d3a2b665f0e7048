import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createApp } from '../../src/app/keeping/create-app.ts';
import { type Forge, startForge } from '../../src/demo/forge.ts';
import { appRequest, effects, pageOf } from '../app/keeping/app-scene.ts';
import { keepingContext } from '../app/keeping/context.ts';
import { makeFolder } from '../app/keeping/folder.ts';
import { openPage, type Page } from './browser.ts';

/** Where pictures go, for who wants to look at them. */
const pictures = process.env.PICTURES;

let forge: Forge;
let page: Page;
beforeAll(async () => {
  forge = await startForge({ repositories: [{ name: 'acme/rnaseq' }] });
  page = await openPage({ width: 900, height: 700 });
});
afterAll(() => Promise.all([forge.close(), page[Symbol.asyncDispose]()]));

async function picture(name: string): Promise<void> {
  const shots: Buffer[] = [];
  for (const scheme of ['light', 'dark'] as const) {
    await page.prefer(scheme);
    const png = await page.screenshot();
    shots.push(png);
    if (pictures) {
      mkdirSync(pictures, { recursive: true });
      writeFileSync(join(pictures, `${name}-${scheme}.png`), png);
    }
  }
  // Dark is not light in another name.
  expect(shots[0]?.equals(shots[1] ?? Buffer.alloc(0))).toBe(false);
}

const heading = () => page.evaluate<string>('document.querySelector("h1")?.textContent ?? ""');
const focused = () =>
  page.evaluate<string>(
    'document.activeElement?.matches("button, a") ? document.activeElement.textContent.trim() : ""',
  );

async function pressButton(words: RegExp): Promise<void> {
  for (let presses = 0; presses < 10 && !words.test(await focused()); presses += 1) await page.press('Tab');
  expect(await focused()).toMatch(words);
  await page.press('Enter');
}

test('an App is made in a real browser, by keyboard, without scripts, in light and dark', async () => {
  using folder = makeFolder();
  const context = keepingContext({ cwd: folder.path });
  const running = createApp(
    appRequest(forge.url),
    { ...effects, lookEveryMs: 300, lastLookMs: 10_000 },
    context,
  );
  await page.withoutScripts();
  const url = await pageOf(context);
  await page.open(url);
  expect(await heading()).toBe('Create a GitHub App');
  await picture('1-create');
  await pressButton(/Continue on 127/);
  await expect.poll(heading, { timeout: 10_000 }).toBe('Create GitHub App for acme');
  await pressButton(/Create GitHub App for acme/);
  await expect.poll(heading, { timeout: 10_000 }).toBe('Install the App');
  expect(await page.evaluate('location.href')).toBe(url);
  await picture('2-install');
  expect((await page.announced()).join('\n')).toMatch(
    /link Install acme pipelines[\s\S]*Waiting for the installation/,
  );
  const app = forge.app('acme-pipelines');
  for (const account of ['acme', 'globex']) forge.addInstallation(app, { account });
  // The page looks again by itself.
  await expect.poll(heading, { timeout: 10_000 }).toBe('Choose the installation');
  await picture('3-choose');
  await pressButton(/^globex$/);
  await expect.poll(heading, { timeout: 10_000 }).toBe('All done');
  await picture('4-done');
  expect((await running).account).toBe('globex');
  expect(folder.read('m.yml')).toContain('installation-id:');
  expect(page.requested.filter((one) => !one.startsWith('http://127.0.0.1:'))).toEqual([]);
  expect(page.complaints.filter((one) => !one.includes('favicon'))).toEqual([]);
}, 60_000);

test('what went wrong is on the page too', async () => {
  using folder = makeFolder();
  const context = keepingContext({ cwd: folder.path });
  const running = createApp(
    appRequest(forge.url, { name: 'second' }),
    { ...effects, lastLookMs: 10_000 },
    context,
  );
  running.catch(() => {});
  forge.traffic.fail('conversions', { status: 404, body: { message: 'Not Found' } });
  await page.open(await pageOf(context));
  await pressButton(/Continue on 127/);
  await expect.poll(heading, { timeout: 10_000 }).toBe('Create GitHub App for acme');
  await pressButton(/Create GitHub App for acme/);
  await expect.poll(heading, { timeout: 10_000 }).toBe('That did not work');
  await picture('5-failed');
  await expect(running).rejects.toMatchObject({ code: 'refused' });
}, 60_000);
