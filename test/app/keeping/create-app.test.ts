import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CreateAppRequest } from '../../../src/app/keeping/create-app/request.ts';
import { createApp } from '../../../src/app/keeping/create-app.ts';
import { type Forge, startForge } from '../../../src/demo/forge.ts';
import { openSecret } from '../../stores/open-sealed.ts';
import { appRequest, contents, effects, pageOf } from './app-scene.ts';
import { keepingContext } from './context.ts';
import { makeFolder } from './folder.ts';
import { linkOf, open, press } from './formbrowser.ts';
import { storeAt } from './store-at.ts';

const storeToken = 'canary-store-token';
let forge: Forge;
beforeAll(async () => {
  forge = await startForge({
    users: ['ada'],
    repositories: [{ name: 'acme/rnaseq' }, { name: 'globex/tools' }],
    tokens: [{ token: storeToken, owners: ['acme'] }],
  });
});
afterAll(() => forge.close());

const request = (more: Partial<CreateAppRequest> = {}) => appRequest(forge.url, more);

test('three presses make an App, keep its keys and write its credential', async () => {
  using folder = makeFolder();
  folder.write('m.yml', '# ours\nversion: 1\ncredentials: [] # none yet\n');
  const context = keepingContext({ cwd: folder.path });
  const running = createApp(request({ permissions: { pull_requests: 'write' } }), effects, context);
  const first = await open(await pageOf(context));
  expect(first.html).toMatch(
    /Name<\/dt><dd>acme pipelines<[\s\S]*contents: read, metadata: read, pull_requests: write/,
  );
  const confirm = await press(first, /Continue on 127/);
  const second = await press(confirm, /Create GitHub App/);
  expect(second.url).not.toContain('code=');
  const app = forge.app('acme-pipelines');
  expect(app).toMatchObject({
    name: 'acme pipelines',
    permissions: { contents: 'read', metadata: 'read', pull_requests: 'write' },
    webhookSecret: null,
  });
  await press(await open(linkOf(second, /Install/)), /Install on acme/);
  const { account, left } = await running;
  const id = forge.state.installations.find((one) => one.app === app)?.id;
  const keys = folder.file('.config/pipeline-credentials/keys');
  expect([account, left]).toEqual(['acme', []]);
  expect(folder.read('m.yml')).toBe(`# ours
version: 1
credentials: # none yet
  - name: acme_pipelines
    provider: github
    url: ${forge.url}/acme
    app:
      client-id: ${app.clientId}
      private-key: { file: ${keys}/acme_pipelines.private-key }
      client-secret: { file: ${keys}/acme_pipelines.client-secret }
      permissions:
        pull_requests: write
      slug: acme-pipelines
      installation-id: ${id}
`);
  expect(folder.read('.config/pipeline-credentials/keys/acme_pipelines.private-key')).toBe(app.privateKey);
  expect(folder.mode('.config/pipeline-credentials/keys/acme_pipelines.private-key')).toBe(0o600);
  expect(contents(folder).filter((name) => name.includes('state/pipeline-credentials/'))).toEqual([]);
  expect(context.talk.join('\n')).not.toMatch(new RegExp(`BEGIN RSA|${app.clientSecret}`));
});

test('a personal App with a webhook, its keys in a store, and no browser that looks again', async () => {
  using folder = makeFolder();
  const context = keepingContext({ cwd: folder.path, env: { STORE_TOKEN: storeToken } });
  const store = storeAt({ to: `${forge.url}/acme/rnaseq`, provider: 'github' });
  const more = {
    name: 'adas',
    organization: null,
    webhook: 'https://hooks.example.com/x',
    keep: 'env' as const,
    store,
  };
  const running = createApp(request(more), effects, context);
  const second = await press(
    await press(await open(await pageOf(context)), /Continue/),
    /Create GitHub App for ada/,
  );
  await press(await open(linkOf(second, /Install/)), /Install on ada/);
  await running;
  const app = forge.app('adas');
  expect(folder.read('m.yml')).toContain(`url: ${forge.url}/ada\n`);
  expect(folder.read('m.yml')).toContain('webhook-secret: { env: ADAS_WEBHOOK_SECRET }');
  expect(await openSecret(forge.state.shelves.get('acme/rnaseq'), 'ADAS_PRIVATE_KEY')).toBe(app.privateKey);
  expect(await openSecret(forge.state.shelves.get('acme/rnaseq'), 'ADAS_WEBHOOK_SECRET')).toBe(
    app.webhookSecret,
  );
}, 15_000);

test('several installations are offered on the page', async () => {
  using folder = makeFolder();
  const context = keepingContext({ cwd: folder.path });
  const running = createApp(request({ name: 'many' }), { ...effects, lookEveryMs: 200 }, context);
  const url = await pageOf(context);
  await press(await press(await open(url), /Continue/), /Create GitHub App/);
  const app = forge.app('many');
  for (const account of ['acme', 'globex']) forge.addInstallation(app, { account });
  await expect.poll(async () => (await open(url)).html).toContain('Choose the installation');
  await press(await open(url), /^globex$/);
  expect((await running).account).toBe('globex');
  expect(folder.read('m.yml')).toContain(`installation-id: ${forge.state.installations.at(-1)?.id}`);
});

describe('nothing is created', () => {
  test('when the person stops', async () => {
    using folder = makeFolder();
    const stop = new AbortController();
    const context = keepingContext({ cwd: folder.path, signal: stop.signal });
    const running = createApp(request({ name: 'stopped' }), effects, context);
    const url = await pageOf(context);
    stop.abort();
    await expect(running).rejects.toMatchObject({
      code: 'interrupted',
      message: expect.stringContaining('nothing was created'),
    });
    expect(contents(folder)).toEqual([]);
    await expect(fetch(url)).rejects.toThrow();
  });

  test('when ten minutes pass', async () => {
    using folder = makeFolder();
    let now = Date.now();
    const stop = new AbortController();
    const context = keepingContext({ cwd: folder.path, now: () => new Date(now), signal: stop.signal });
    const running = createApp(request({ name: 'late' }), effects, context);
    running.catch(() => {});
    const confirm = await press(await open(await pageOf(context)), /Continue/);
    now += 10 * 60_000;
    const late = await press(confirm, /Create/);
    expect([late.status, late.html]).toEqual([400, expect.stringContaining('came too late')]);
    stop.abort();
    await expect(running).rejects.toMatchObject({ code: 'interrupted' });
    expect(contents(folder)).toEqual([]);
  });

  test.each<[string, Partial<CreateAppRequest>, string, RegExp]>([
    [
      'for a private host',
      { server: 'https://10.1.2.3', allowPrivateHost: false },
      'refused',
      /not of the public Internet/,
    ],
    ['for loopback', { allowPrivateHost: false }, 'refused', /not of the public Internet/],
    ['over http', { server: 'http://github.example.com' }, 'usage', /https only/],
    [
      'for a repository elsewhere',
      { repository: 'https://github.com/acme/x' },
      'usage',
      /not of that server/,
    ],
    [
      "for another's repository",
      { repository: 'FORGE/globex/tools' },
      'usage',
      /not of that server and owner/,
    ],
    ['with a name that is none', { name: '1st' }, 'manifest-invalid', /not a name/],
    ['with a name that is taken', { name: 'there' }, 'usage', /already/],
    ['beside an App for the same base URL', {}, 'manifest-invalid', /same base URL/],
  ])('%s', async (_, more, code, message) => {
    using folder = makeFolder();
    const text = `version: 1\ncredentials:\n  - { name: there, provider: github, url: '${forge.url}/acme', app: { app-id: 1, private-key: { env: K } } }\n`;
    folder.write('m.yml', text);
    const repository = more.repository?.replace('FORGE', forge.url) ?? null;
    const context = keepingContext({ cwd: folder.path });
    const failure = await createApp(request({ ...more, repository }), effects, context).catch(
      (error: unknown) => error,
    );
    expect(failure).toMatchObject({ code, message: expect.stringMatching(message) });
    if (/same base URL/.test(message.source))
      expect(failure).toMatchObject({
        hint: expect.stringMatching(/Use there for both, delete one .* another `url`/),
      });
    expect([folder.read('m.yml'), context.talk]).toEqual([text, []]);
  });
});

test('a name that resolves to a private address is private', async () => {
  using folder = makeFolder();
  const lookup = async () => ['93.184.216.34', '192.168.1.4'];
  const asked = request({ server: 'https://github.example.com', allowPrivateHost: false });
  await expect(
    createApp(asked, { ...effects, lookup }, keepingContext({ cwd: folder.path })),
  ).rejects.toMatchObject({ code: 'refused' });
});

test.each(['nobody installs it', 'nobody chooses'])(
  'when %s in time, the App and its credential stay',
  async (what) => {
    using folder = makeFolder();
    const context = keepingContext({ cwd: folder.path });
    const name = what.replaceAll(' ', '_');
    const running = createApp(request({ name }), { ...effects, lifeMs: 1500 }, context);
    running.catch(() => {});
    await press(await press(await open(await pageOf(context)), /Continue/), /Create/);
    const app = forge.app(what.replaceAll(' ', '-'));
    if (what === 'nobody chooses')
      for (const account of ['acme', 'globex']) forge.addInstallation(app, { account });
    await expect(running).rejects.toMatchObject({
      code: 'interrupted',
      message: expect.stringMatching(/is created and its credential is saved/),
      hint: expect.stringContaining('/installations/new'),
    });
    expect(folder.read('m.yml')).toContain(`client-id: ${app.clientId}`);
    expect(folder.read('m.yml')).not.toContain('installation-id');
  },
);

test('stopped while its keys are on their way, they are kept all the same', async () => {
  using folder = makeFolder();
  const stop = new AbortController();
  const context = keepingContext({ cwd: folder.path, signal: stop.signal });
  const running = createApp(request({ name: 'in_between' }), effects, context);
  running.catch(() => {});
  const confirm = await press(await open(await pageOf(context)), /Continue/);
  forge.traffic.fail(({ path }) => {
    if (path.includes('conversions')) stop.abort();
    return false;
  }, 'reset');
  await press(confirm, /Create/).catch(() => {});
  forge.traffic.heal();
  await expect(running).rejects.toMatchObject({ message: expect.stringMatching(/credential is saved/) });
  expect(folder.read('.config/pipeline-credentials/keys/in_between.private-key')).toBe(
    forge.app('in-between').privateKey,
  );
});

test("an App that came to another owner's is said", async () => {
  using folder = makeFolder();
  const context = keepingContext({ cwd: folder.path });
  const running = createApp(request({ name: 'strayed' }), effects, context);
  const confirm = await press(await open(await pageOf(context)), /Continue/);
  await press(confirm, /Create/, { owner: 'globex' });
  forge.addInstallation(forge.app('strayed'), { account: 'globex' });
  expect((await running).left).toEqual([expect.stringMatching(/belongs to globex, not to acme/)]);
});

test('keys that cannot be kept are rescued, and the failure says where', async () => {
  using folder = makeFolder();
  const context = keepingContext({ cwd: folder.path, env: { XDG_CONFIG_HOME: '/dev/null' } });
  const running = createApp(request({ name: 'lost' }), { ...effects, lastLookMs: 1000 }, context);
  running.catch(() => {});
  const failed = await press(await press(await open(await pageOf(context)), /Continue/), /Create/);
  expect(failed.html).toContain('That did not work');
  const failure = (await running.catch((error: unknown) => error)) as { hint: string };
  const path = '.local/state/pipeline-credentials/app-lost.json';
  expect(failure.hint).toContain(folder.file(path));
  expect(JSON.parse(folder.read(path)).privateKey).toBe(forge.app('lost').privateKey);
  expect(folder.mode(path)).toBe(0o600);
  expect(JSON.stringify(failure)).not.toContain('BEGIN RSA');
});
