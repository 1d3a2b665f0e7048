import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AddAppRequest, addApp } from '../../../src/app/keeping/add-app.ts';
import { type Forge, startForge } from '../../../src/demo/forge.ts';
import { keepingContext } from './context.ts';
import { makeFolder } from './folder.ts';

let forge: Forge;
beforeAll(async () => {
  forge = await startForge({
    repositories: [{ name: 'acme/rnaseq' }],
    apps: [{ slug: 'acme-pipelines', installations: [{ account: 'acme' }] }, { slug: 'other' }],
  });
});
afterAll(() => forge.close());

function request(more: Partial<AddAppRequest> = {}): AddAppRequest {
  return {
    manifest: 'm.yml',
    name: 'acme',
    fields: { url: `${forge.url}/acme` },
    clientId: forge.app('acme-pipelines').clientId,
    appId: null,
    installationId: null,
    slug: 'acme-pipelines',
    permissions: {},
    repositories: null,
    from: 'KEY',
    keep: 'file',
    variable: null,
    store: null,
    test: true,
    dryRun: false,
    ...more,
  };
}

test('an App that exists: its key tried, then kept', async () => {
  using folder = makeFolder();
  const { privateKey, clientId } = forge.app('acme-pipelines');
  const context = keepingContext({ cwd: folder.path, env: { KEY: privateKey.replaceAll('\n', '\\n') } });
  const { test: tested } = await addApp(
    request({ installationId: '4711', permissions: { pull_requests: 'write' }, test: false }),
    context,
  );
  expect(tested).toBeNull();
  const keys = folder.file('.config/pipeline-credentials/keys');
  expect(folder.read('m.yml').split('credentials:\n')[1]).toBe(
    `  - name: acme\n    provider: github\n    url: ${forge.url}/acme\n    app:\n      client-id: ${clientId}\n      private-key: { file: ${keys}/acme.private-key }\n      installation-id: 4711\n      permissions:\n        pull_requests: write\n      slug: acme-pipelines\n`,
  );
  expect(folder.read('.config/pipeline-credentials/keys/acme.private-key')).toBe(privateKey);
});

test('on a terminal the ids and the key file are asked for', async () => {
  using folder = makeFolder();
  folder.write('app.pem', forge.app('acme-pipelines').privateKey);
  const answers = [String(forge.app('acme-pipelines').id), `${forge.url}/acme`, 'app.pem'];
  const context = keepingContext({ cwd: folder.path, answers });
  const { test: tested } = await addApp(request({ clientId: null, from: null, fields: {} }), context);
  expect(tested?.credentials[0]).toMatchObject({ status: 'ok', identity: 'acme-pipelines' });
  expect(folder.read('m.yml')).toContain(`app-id: ${forge.app('acme-pipelines').id}\n`);
});

test.each<[string, Partial<AddAppRequest>, RegExp]>([
  ["another App's key", { from: 'OTHER' }, /acme does not work/],
  ['a token for a key', { from: 'TOKEN' }, /where the App's private key belongs/],
  ['no id', { clientId: null }, /--client-id is missing/],
  ['a second App for one base URL', { name: 'second' }, /nothing could choose between them/],
])('%s is refused', async (_, more, message) => {
  using folder = makeFolder();
  const text = `version: 1\ncredentials:\n  - { name: first, provider: github, url: '${forge.url}/${more.name === 'second' ? 'acme' : 'x'}', app: { app-id: 1, private-key: { env: K } } }\n`;
  folder.write('m.yml', text);
  const env = {
    KEY: forge.app('acme-pipelines').privateKey,
    OTHER: forge.app('other').privateKey,
    TOKEN: 'canary-token-0123456789',
  };
  const context = keepingContext({ cwd: folder.path, env });
  const failure = await addApp(request(more), context).catch((error: unknown) => error);
  expect(failure).toMatchObject({ message: expect.stringMatching(message) });
  expect(JSON.stringify(failure)).not.toContain('canary');
  expect(folder.read('m.yml')).toBe(text);
});
