import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CreateAppRequest } from '../../../src/app/keeping/create-app/request.ts';
import { createApp } from '../../../src/app/keeping/create-app.ts';
import { type Forge, startForge } from '../../../src/demo/forge.ts';
import { appRequest, effects, pageOf } from './app-scene.ts';
import { keepingContext } from './context.ts';
import { makeFolder } from './folder.ts';
import { open } from './formbrowser.ts';

let forge: Forge;
beforeAll(async () => {
  forge = await startForge({ repositories: [{ name: 'acme/rnaseq' }] });
});
afterAll(() => forge.close());

const request = (more: Partial<CreateAppRequest> = {}) => appRequest(forge.url, more);

describe('the page', () => {
  test('rule 31: answers on 127.0.0.1 to its own name, key and state only', async () => {
    using folder = makeFolder();
    const stop = new AbortController();
    const context = keepingContext({ cwd: folder.path, signal: stop.signal });
    const running = createApp(request({ name: 'guarded' }), effects, context);
    running.catch(() => {});
    const url = await pageOf(context);
    const status = (path: string, host: string, method = 'GET'): Promise<number | undefined> =>
      new Promise((resolve) => {
        const { hostname, port } = new URL(url);
        const headers = { host, origin: 'http://evil.example.com' };
        httpRequest({ hostname, port, path, method, headers }, (response) => {
          response.resume();
          resolve(response.statusCode);
        }).end();
      });
    const { host, pathname } = new URL(url);
    expect(await status(pathname, host)).toBe(200);
    expect(await status(pathname, `localhost:${new URL(url).port}`)).toBe(421);
    expect(await status(pathname, 'rebound.example.com')).toBe(421);
    expect(await status('/', host)).toBe(404);
    expect(await status(`/${'0'.repeat(32)}/`, host)).toBe(404);
    expect(await status(`${pathname}installation`, host, 'POST')).toBe(403);
    expect(await status(pathname, host, 'DELETE')).toBe(404);
    const first = await open(url);
    const { headers } = first;
    expect(headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; style-src 'sha256-.*frame-ancestors 'none'$/,
    );
    expect([headers.get('cache-control'), headers.get('referrer-policy')]).toEqual([
      'no-store',
      'strict-origin',
    ]);
    expect(first.html).not.toMatch(/<script|javascript:| on\w+=/);
    for (const query of ['code=x', 'code=x&state=', 'code=x&state=wrong', `state=${'a'.repeat(43)}`]) {
      expect((await open(`${url}created?${query}`)).status).toBe(400);
    }
    const state = /state=([\w-]+)/.exec(first.html)?.[1] ?? '';
    expect(state).toMatch(/^[\w-]{43}$/);
    expect((await open(`${url}created?code=unknown&state=${state}`)).html).toContain('does not give the App');
    await expect(running).rejects.toMatchObject({
      code: 'refused',
      hint: expect.stringContaining('create it again'),
    });
  });

  test('shows nothing as more than text', async () => {
    using folder = makeFolder();
    const stop = new AbortController();
    const context = keepingContext({ cwd: folder.path, signal: stop.signal });
    const webhook = 'https://hooks.example.com/"><script>alert(1)</script>';
    const running = createApp(request({ name: 'odd', webhook }), effects, context);
    running.catch(() => {});
    expect((await open(await pageOf(context))).html).not.toContain('<script');
    stop.abort();
  });
});
