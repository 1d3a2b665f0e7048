import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { listen } from '../../src/demo/server.ts';
import { sendThroughProxy } from '../../src/system/forward-proxy.ts';

const url = 'http://api.bitbucket.org/2.0/x';

test('the whole address goes to the proxy, which answers', async () => {
  const seen: unknown[] = [];
  const proxy = await listen({ names: ['api.bitbucket.org'] }, async (request, response) => {
    seen.push([request.method, request.url, request.headers.host, await text(request)]);
    response.writeHead(204).end();
  });
  expect(await sendThroughProxy({ proxy: proxy.url, method: 'PUT', url, body: { a: 'ü' } })).toBe(204);
  expect(await sendThroughProxy({ proxy: proxy.url, method: 'DELETE', url, body: null })).toBe(204);
  expect(seen).toEqual([
    ['PUT', url, 'api.bitbucket.org', '{"a":"ü"}'],
    ['DELETE', url, 'api.bitbucket.org', ''],
  ]);
  await proxy.close();
  expect(await sendThroughProxy({ proxy: proxy.url, method: 'PUT', url, body: {} })).toBeNull();
});
