import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findSecrets } from '../harness/leaks.ts';
import { type Overhearing, overhear } from '../harness/overhearing.ts';
import { type Job, startJob } from '../harness/runner.ts';
import { action } from './built.ts';
import { type Laptop, openLaptop } from './laptop.ts';
import { openWorld, type World } from './world.ts';

let world: World;
let ears: Overhearing;
beforeEach(async () => {
  world = await openWorld();
  ears = overhear();
});
afterEach(async () => {
  ears[Symbol.dispose]();
  await world[Symbol.asyncDispose]();
});

/** Secrets, minted tokens, and all that was sent to sign in. */
function canaries(): readonly string[] {
  const sent = world.forge.traffic.requests.map(({ header }) => header.split(' ')[1] ?? '');
  return [...world.canaries(), ...sent, 'canary-workflow-token']
    .map((text) => text.replace(/-----.*-----/g, '').trim())
    .filter((text) => text !== '');
}

const listen = ({ pid }: { pid?: number | undefined }) => void (pid === undefined || ears.watch(pid));

/** Files below a folder that others than their owner may read, or that lie in no folder of a session. */
async function exposed(folder: string): Promise<readonly string[]> {
  const found = await findSecrets(folder, canaries());
  expect(found.length).toBeGreaterThan(0);
  const isKept = (path: string) =>
    /\/pipeline-credentials-[0-9a-f]{32}\//.test(path) && (statSync(path).mode & 0o777) === 0o600;
  return [...new Set(found.map(({ place }) => place))].filter((path) => !isKept(path));
}

test('while a job is signed in, secrets are in 0600 files of its session and nowhere else', async () => {
  const where = { serverUrl: world.forge.url, repository: 'acme/pipeline' };
  await using job: Job = await startJob({ ...where, token: 'canary-workflow-token', env: world.secrets });
  const options = { env: { PATH: ears.path }, started: listen };
  const main = await job.uses(action, { manifest: world.manifest }, options);
  expect(main).toMatchObject({ code: 0, leaks: [] });
  const { url } = world.forge;
  const clone = `git clone -q --recurse-submodules ${url}/acme/rnaseq && git -C rnaseq push -q origin HEAD:refs/heads/x`;
  const later = await job.step(`unset ${Object.keys(world.secrets).join(' ')}; ${clone}`, options);
  expect([later.code, later.stderr]).toEqual([128, expect.stringContaining('Write access')]);
  expect(await exposed(job.folder)).toEqual([]);
  const [post] = await job.finish({ started: listen });
  const texts = [main, later, post].map((step) => ({ ...step, masks: [], stdout: step?.raw.join('\n') }));
  const values = JSON.stringify({ exported: job.exported });
  const steps = JSON.stringify(texts);
  expect(await findSecrets({ steps, values, heard: ears.heard() }, canaries())).toEqual([]);
  expect(await findSecrets(job.folder, canaries())).toEqual([]);
});

test('rule 29: no verb shows a secret but `token`, on its standard output', async () => {
  using laptop: Laptop = openLaptop({
    env: { ...world.secrets, PIPELINE_CREDENTIALS: world.manifest, PATH: ears.path },
  });
  const texts: Record<string, string> = {};
  const cli = async (words: readonly string[], env = {}) => {
    const { stdout, stderr } = await laptop.cli([...words], { env, started: listen });
    const [verb = ''] = words;
    texts[words.join(' ')] = verb === 'token' ? stderr : `${stdout}\n${stderr}`;
    return stdout;
  };
  const { url } = world.forge;
  const { environment } = JSON.parse(await cli(['setup', '--json', '--verbose']));
  expect(await exposed(laptop.folder)).toEqual([]);
  for (const verb of ['explain', 'lint', 'schema']) {
    for (const flags of [[], ['--json', '--verbose']]) await cli([verb, ...flags], environment);
  }
  const token = await cli(['token', `${url}/acme/rnaseq`], environment);
  expect(world.canaries()).toContain(token.trim());
  await cli(['token', `${url}/initech/payroll`, '--json', '--verbose'], environment);
  await cli(['cleanup', '--json'], environment);
  await cli(['setup', '--format', 'sh', '--scrub']);
  await cli(['cleanup', '--format', 'sh']);
  const git = ['git', 'ls-remote', '-q', `${url}/globex/deep`, 'HEAD'];
  await cli(['exec', '--scrub', '--', ...git]);
  await cli(['exec', '--docker', 'home', '--scrub', '--', ...git]);
  const broken = { PIPELINE_CREDENTIALS: `${world.manifest}  - { token: '${world.secrets.GLOBEX_TOKEN}'` };
  for (const verb of ['setup', 'exec', 'explain', 'lint', 'token'])
    await cli([verb, '--json', '--verbose', '--', 'true'], broken);
  expect(await findSecrets({ ...texts, heard: ears.heard() }, canaries())).toEqual([]);
});

test('on GitHub the command line masks on standard error, before anything else', async () => {
  const where = { serverUrl: world.forge.url, repository: 'acme/pipeline' };
  const env = { ...world.secrets, PIPELINE_CREDENTIALS: world.manifest };
  await using job: Job = await startJob({ ...where, env });
  using laptop: Laptop = openLaptop();
  const setup = await job.step(`'${laptop.node}' '${laptop.script}' setup`);
  expect(setup).toMatchObject({ code: 0, stdout: '', leaks: [] });
  expect(setup.masks).toContain(world.secrets.GLOBEX_TOKEN);
  const lines = setup.stderr.split('\n');
  const isMask = (line: string) => line.startsWith('::add-mask::');
  expect(lines.findLastIndex(isMask)).toBeLessThan(lines.findIndex((line) => !isMask(line)));
  expect((await job.step(`git ls-remote -q ${world.forge.url}/globex/deep`)).code).toBe(0);
  const cleanup = await job.step(`'${laptop.node}' '${laptop.script}' cleanup`);
  expect(cleanup).toMatchObject({ code: 0, leaks: [], env: { DOCKER_CONFIG: '', GIT_TERMINAL_PROMPT: '1' } });
  expect(readdirSync(job.temp).filter((name) => !name.startsWith('_'))).toEqual([]);
  expect(await findSecrets(job.folder, canaries())).toEqual([]);
});

test('rule 25: a laptop that only says it is GitHub gets no workflow commands', async () => {
  using laptop: Laptop = openLaptop({
    env: { ...world.secrets, PIPELINE_CREDENTIALS: world.manifest, GITHUB_ACTIONS: 'true' },
  });
  for (const more of [{}, { GITHUB_ENV: join(laptop.temp, 'none') }, { GITLAB_CI: 'true' }]) {
    const { stdout, stderr } = await laptop.cli(['setup', '--json'], { env: more });
    expect(stderr).not.toContain('::add-mask');
    expect(await findSecrets({ stdout, stderr }, canaries())).toEqual([]);
    const { environment: env } = JSON.parse(stdout);
    expect((await laptop.cli(['cleanup'], { env: { ...more, ...env } })).code).toBe(0);
  }
  expect(laptop.left()).toEqual([]);
});

test('docker: home is undone to the byte', async () => {
  using laptop: Laptop = openLaptop({ env: { ...world.secrets, PIPELINE_CREDENTIALS: world.manifest } });
  const file = join(laptop.home, '.docker/config.json');
  await laptop.run([
    'sh',
    '-c',
    `mkdir "$HOME/.docker" && printf '{"auths":{"a.example":{}},\\n\\t"x":1}' > '${file}'`,
  ]);
  const before = readFileSync(file, 'utf8');
  const { environment: env } = JSON.parse((await laptop.cli(['setup', '--docker', 'home', '--json'])).stdout);
  expect(JSON.parse(readFileSync(file, 'utf8')).auths[world.registry.host].auth).toBeTypeOf('string');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect((await laptop.cli(['cleanup'], { env })).code).toBe(0);
  expect(readFileSync(file, 'utf8')).toBe(before);
  expect(readdirSync(join(laptop.home, '.docker'))).toEqual(['config.json']);
});
