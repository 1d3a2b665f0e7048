import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Registry, startRegistry } from '../../src/demo/registry.ts';

const run = promisify(execFile);
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'registry-test-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Runs a program that knows one login and has a home of its own. */
async function as(login: string, host: string, [program = '', ...args]: string[]): Promise<string> {
  const home = await mkdtemp(join(folder, 'home-'));
  await mkdir(join(home, '.docker'));
  const auths = login === '' ? {} : { [host]: { auth: Buffer.from(login).toString('base64') } };
  await writeFile(join(home, '.docker/config.json'), JSON.stringify({ auths }));
  const env = { PATH: process.env.PATH, HOME: home, REGISTRY_AUTH_FILE: join(home, '.docker/config.json') };
  return (await run(program, args, { env })).stdout;
}

describe.each(['token', 'basic'] as const)('a registry with %s sign-in', (auth) => {
  let registry: Registry;
  beforeAll(async () => {
    const users = [
      { username: 'bot', password: 'canary-bot', namespaces: ['team'] },
      { username: 'reader', password: 'canary-reader', namespaces: ['team'], access: 'read' as const },
    ];
    registry = await startRegistry({ auth, users, images: ['team/app:1', 'other/app:1'] });
  });
  afterAll(() => registry.close());
  const image = (name: string): string => `${registry.host}/${name}`;
  const skopeo = (login: string, ...args: string[]): Promise<string> =>
    as(login, registry.host, ['skopeo', ...args]);

  test('shows skopeo its image', async () => {
    const said = await skopeo(
      'bot:canary-bot',
      'inspect',
      '--tls-verify=false',
      `docker://${image('team/app:1')}`,
    );
    expect(JSON.parse(said)).toMatchObject({
      Name: image('team/app'),
      RepoTags: ['1'],
      Architecture: 'amd64',
    });
  });

  test('lets skopeo copy out and back in', async () => {
    const layout = `oci:${await mkdtemp(join(folder, 'oci-'))}:1`;
    await skopeo(
      'bot:canary-bot',
      'copy',
      '--src-tls-verify=false',
      `docker://${image('team/app:1')}`,
      layout,
    );
    const target = `docker://${image('team/copy:2')}`;
    await skopeo('bot:canary-bot', 'copy', '--dest-tls-verify=false', layout, target);
    expect(await skopeo('bot:canary-bot', 'inspect', '--tls-verify=false', target)).toContain('"2"');
    const refused = skopeo('reader:canary-reader', 'copy', '--dest-tls-verify=false', layout, target);
    await expect(refused).rejects.toThrow(/denied|unauthorized/);
  });

  test('shows the docker command line its image', async () => {
    const command = ['docker', 'manifest', 'inspect', '--insecure', image('team/app:1')];
    expect(JSON.parse(await as('bot:canary-bot', registry.host, command))).toMatchObject({
      schemaVersion: 2,
    });
  });

  test.each(['', 'bot:canary-wrong'])('refuses skopeo as "%s"', async (login) => {
    const said = skopeo(login, 'inspect', '--tls-verify=false', `docker://${image('team/app:1')}`);
    await expect(said).rejects.toThrow(/unauthorized|authentication required|invalid username/);
  });

  test('refuses a login in a namespace that it does not reach', async () => {
    const said = skopeo(
      'bot:canary-bot',
      'inspect',
      '--tls-verify=false',
      `docker://${image('other/app:1')}`,
    );
    await expect(said).rejects.toThrow(/denied|unauthorized/);
  });

  test('signs in the docker command line', async () => {
    const login = `echo canary-bot | docker login -u bot --password-stdin ${registry.host}`;
    const inspect = `docker manifest inspect --insecure ${image('team/app:1')}`;
    const said = await as('', registry.host, ['sh', '-c', `${login} && ${inspect}`]);
    expect(said).toContain('Login Succeeded');
  });
});
