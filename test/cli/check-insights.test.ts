import { expect, test } from 'vitest';
import { commandLineCi } from '../../src/ci/command-line.ts';
import { showInsights } from '../../src/cli/check-insights.ts';
import type { Shell } from '../../src/cli/verb.ts';
import { fullView } from '../../src/core/check/public-view.ts';
import { listen } from '../../src/demo/server.ts';

const step = {
  BITBUCKET_BUILD_NUMBER: '1',
  BITBUCKET_REPO_FULL_NAME: 'lab/variants',
  BITBUCKET_COMMIT: '0a1b2c',
};
const view = fullView({ checkedAt: new Date(0), status: 'ok', credentials: [], targets: [] });

async function said(env: Record<string, string>, proxy: string): Promise<string> {
  const lines: string[] = [];
  const door = {
    readText: () => null,
    write: (line: string) => void lines.push(line),
    now: () => new Date(0),
  };
  await showInsights(view, proxy, { env, ci: commandLineCi(env, door) } as unknown as Shell);
  return lines.join('\n');
}

test.each([
  ['takes it', 200, ''],
  ['refuses it', 403, 'it answers 403'],
])('a proxy that %s', async (_what, status, expected) => {
  const methods: unknown[] = [];
  const proxy = await listen({ names: ['api.bitbucket.org'] }, async (request, response) => {
    methods.push(request.method);
    response.writeHead(request.method === 'DELETE' ? 404 : status).end();
  });
  expect(await said(step, proxy.url)).toContain(expected);
  expect(methods).toEqual(['DELETE', 'PUT']);
  await proxy.close();
});

test('no proxy is a warning, not a failure', async () => {
  const proxy = await listen({}, async () => {});
  await proxy.close();
  expect(await said(step, proxy.url)).toContain('nothing listens there');
});

test('outside Bitbucket nothing is sent', async () => {
  expect(await said({}, 'http://localhost:29418')).toContain('only a step of Bitbucket Pipelines');
});
