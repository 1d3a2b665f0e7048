import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Registry, startRegistry } from '../../src/demo/registry.ts';
import { type Job, startJob } from '../git/job.ts';

const [team, lab, whole] = [
  { username: 'x-access-token', password: 'canary-team', namespaces: ['team'] },
  { username: 'x-access-token', password: 'canary-lab', namespaces: ['lab'] },
  { username: 'x-access-token', password: 'canary-whole', namespaces: ['team', 'lab', 'other'] },
];
const images = ['team/app:1', 'lab/app:1', 'other/app:1'];

let registries: Readonly<Record<'one' | 'two', Registry>>;
let job: Job;
beforeAll(async () => {
  registries = {
    one: await startRegistry({ auth: 'token', users: [team, lab, whole], images }),
    two: await startRegistry({ auth: 'basic', users: [whole], images }),
  };
});
afterAll(async () => {
  for (const registry of Object.values(registries)) await registry.close();
});
beforeEach(() => {
  job = startJob();
  Object.assign(job.env, { XDG_RUNTIME_DIR: join(job.root, 'run') });
});
afterEach(() => job[Symbol.dispose]());

const at = (registry: 'one' | 'two', path: string) => `${registries[registry].host}/${path}`;
const registryOf = (name: string, ...registries: string[]) =>
  ({ name, provider: 'registry', registries }) as const;

/** Each asks for the manifest of an image; docker does so without an engine. */
const clients: Readonly<Record<string, (image: string) => Promise<{ code: number; output: string }>>> = {
  skopeo: (image) => job.run('skopeo', ['inspect', '--raw', '--tls-verify=false', `docker://${image}`]),
  docker: (image) => job.run('docker', ['manifest', 'inspect', '--insecure', image]),
  buildah: (image) => {
    const store = [
      '--root',
      mkdtempSync(join(job.root, 'b-')),
      '--runroot',
      mkdtempSync(join(job.root, 'r-')),
    ];
    return job.run('buildah', [
      ...store,
      '--storage-driver',
      'vfs',
      'pull',
      '-q',
      '--tls-verify=false',
      image,
    ]);
  },
};

describe.each(Object.keys(clients))('%s', (name) => {
  const ask = (image: string) => clients[name]?.(image) ?? Promise.reject(new Error(name));

  test('signs in to every registry, and to none after cleanup', async () => {
    const samples = [registryOf('whole', at('one', '').slice(0, -1), at('two', '').slice(0, -1))];
    await job.setUp({ samples });
    for (const image of [at('one', 'team/app:1'), at('two', 'other/app:1')]) {
      expect([image, await ask(image)]).toMatchObject([image, { code: 0 }]);
    }
    await job.cleanUp();
    expect((await ask(at('one', 'team/app:1'))).code).not.toBe(0);
  });

  test('keeps the logins it had', async () => {
    const auth = Buffer.from('x-access-token:canary-whole').toString('base64');
    mkdirSync(join(job.home, '.docker'));
    writeFileSync(
      join(job.home, '.docker/config.json'),
      JSON.stringify({ auths: { [registries.two.host]: { auth } } }),
    );
    await job.setUp({ samples: [registryOf('team', at('one', 'team'))] });
    for (const image of [at('one', 'team/app:1'), at('two', 'other/app:1')]) {
      expect([image, await ask(image)]).toMatchObject([image, { code: 0 }]);
    }
  });

  test('is not kept from ours by a helper of the same host', async () => {
    const config = { credHelpers: { [registries.one.host]: 'missing' }, credsStore: 'missing' };
    mkdirSync(join(job.home, '.docker'));
    writeFileSync(join(job.home, '.docker/config.json'), JSON.stringify(config));
    await job.setUp({ samples: [registryOf('whole', registries.one.host)] });
    expect(await ask(at('one', 'team/app:1'))).toMatchObject({ code: 0 });
  });
});

describe('several namespaces of one host', () => {
  const samples = () => [registryOf('team', at('one', 'team')), registryOf('lab', at('one', 'lab'))];

  test.each(['skopeo', 'buildah'])('%s gets the login of each', async (name) => {
    await job.setUp({ samples: samples() });
    for (const path of ['team/app:1', 'lab/app:1']) {
      expect([path, await clients[name]?.(at('one', path))]).toMatchObject([path, { code: 0 }]);
    }
    expect((await clients[name]?.(at('one', 'other/app:1')))?.code).not.toBe(0);
  });

  test("docker gets the first target's, each time", async () => {
    const targets = [at('one', 'lab/app:1'), at('one', 'team/app:1')];
    await job.setUp({ samples: samples(), registries: targets });
    for (let turn = 0; turn < 5; turn += 1) {
      expect((await clients.docker?.(at('one', 'lab/app:1')))?.code).toBe(0);
      expect((await clients.docker?.(at('one', 'team/app:1')))?.code).not.toBe(0);
    }
  });

  test('nobody is let in where the credential has expired, though one of the host would be', async () => {
    const old = { ...registryOf('lab', at('one', 'lab')), expires: new Date(0) };
    const targets = [at('one', 'team/app:1'), at('one', 'lab/app:1')];
    await job.setUp({ samples: [registryOf('whole', registries.one.host), old], registries: targets });
    expect((await clients.skopeo?.(targets[0] ?? ''))?.code).toBe(0);
    expect((await clients.skopeo?.(targets[1] ?? ''))?.code).not.toBe(0);
  });
});

test('rule 24: docker: home serves a docker that reads only that', async () => {
  await job.setUp({ samples: [registryOf('whole', registries.one.host)] }, { docker: 'home' });
  expect(await clients.docker?.(at('one', 'team/app:1'))).toMatchObject({ code: 0 });
  await job.cleanUp();
  expect((await clients.docker?.(at('one', 'team/app:1')))?.code).not.toBe(0);
});

test("docker login of a later step works, and stays out of the user's file", async () => {
  await job.setUp({ samples: [registryOf('team', at('one', 'team'))] });
  const words = ['login', '-u', 'x-access-token', '--password-stdin', registries.two.host];
  expect(await job.run('docker', words, { input: 'canary-whole' })).toMatchObject({ code: 0 });
  expect(await clients.docker?.(at('two', 'other/app:1'))).toMatchObject({ code: 0 });
  expect(await clients.docker?.(at('one', 'team/app:1'))).toMatchObject({ code: 0 });
  await job.cleanUp();
  expect((await clients.docker?.(at('two', 'other/app:1')))?.code).not.toBe(0);
});
