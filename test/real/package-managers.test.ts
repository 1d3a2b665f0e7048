import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Forge, startForge } from '../../src/demo/forge.ts';
import { type Job, startJob } from '../git/job.ts';
import { type NamedHosts, startNamedHosts } from '../harness/named-hosts.ts';

/** Private packages of two organisations, found under the hosts' real names. */
let forge: Forge;
let hosts: NamedHosts;
let job: Job;

const library = {
  'package.json': JSON.stringify({ name: 'lib', version: '1.0.0' }),
  // A build backend of its own, so that pip needs nothing else.
  'pyproject.toml':
    '[project]\nname = "lib"\nversion = "1.0.0"\n' +
    '[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n',
  'backend.py': `import zipfile
def build_wheel(folder, config_settings=None, metadata_directory=None):
    name, info = 'lib-1.0.0-py3-none-any.whl', 'lib-1.0.0.dist-info/'
    with zipfile.ZipFile(folder + '/' + name, 'w') as wheel:
        wheel.writestr(info + 'METADATA', 'Metadata-Version: 2.1\\nName: lib\\nVersion: 1.0.0\\n')
        wheel.writestr(info + 'WHEEL', 'Wheel-Version: 1.0\\nGenerator: test\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n')
        wheel.writestr(info + 'RECORD', '')
    return name
`,
  'Cargo.toml': '[package]\nname = "lib"\nversion = "1.0.0"\nedition = "2021"\n',
  'src/lib.rs': 'pub fn answer() -> u32 { 42 }\n',
  'main.tf': 'output "answer" {\n  value = 42\n}\n',
};

beforeAll(async () => {
  forge = await startForge({
    repositories: [
      { name: 'github.com/acme/lib', files: library, tags: ['v1.0.0'] },
      { name: 'gitlab.com/lab/sub/lib', files: library },
    ],
    tokens: [
      { token: 'canary-acme', owners: ['github.com/acme'] },
      { token: 'canary-lab', owners: ['gitlab.com/lab'] },
    ],
  });
  hosts = await startNamedHosts({
    'github.com': { origin: forge.url, below: '/github.com' },
    'gitlab.com': { origin: forge.url, below: '/gitlab.com' },
    // npm looks for an archive of GitHub's before it clones; for private repositories there is none to be had.
    'codeload.github.com': { origin: forge.url, below: '/codeload' },
  });
});
afterAll(async () => {
  await hosts[Symbol.asyncDispose]();
  await forge.close();
});
beforeEach(async () => {
  job = startJob();
  Object.assign(job.env, hosts.env);
  delete job.env.GIT_SSH_COMMAND;
  await job.setUp({
    samples: [
      { name: 'acme', url: 'https://github.com/acme' },
      { name: 'lab', provider: 'gitlab', url: 'https://gitlab.com/lab' },
    ],
  });
});
afterEach(() => job[Symbol.dispose]());

function write(files: Readonly<Record<string, string>>): string {
  const cwd = join(job.root, 'project');
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(cwd, name, '..'), { recursive: true });
    writeFileSync(join(cwd, name), text);
  }
  return cwd;
}

/** Programs that no distribution brings along are tried where they are. */
function isMissing(program: string, ...words: readonly string[]): boolean {
  return spawnSync(program, words.length === 0 ? ['--version'] : words, { stdio: 'ignore' }).status !== 0;
}

describe('npm', () => {
  test.each([
    'git+https://github.com/acme/lib.git',
    'git+https://github.com/acme/lib.git#v1.0.0',
    'git+https://github.com/acme/lib.git#semver:^1.0.0',
    'git+ssh://git@github.com/acme/lib.git',
    'git@github.com:acme/lib.git',
    'github:acme/lib',
    'acme/lib',
    'gitlab:lab/sub/lib',
    'git+ssh://git@gitlab.com/lab/sub/lib.git',
  ])('%s', async (dependency) => {
    const cwd = write({
      'package.json': JSON.stringify({
        name: 'project',
        version: '1.0.0',
        dependencies: { lib: dependency },
      }),
    });
    const env = {
      npm_config_cafile: hosts.env.NODE_EXTRA_CA_CERTS ?? '',
      npm_config_fetch_retries: '0',
      npm_config_update_notifier: 'false',
    };
    const words = ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
    const { code, output } = await job.run('npm', words, { cwd, env });
    expect([code, output]).toEqual([0, expect.stringContaining('added 1 package')]);
    const found = JSON.parse(readFileSync(join(cwd, 'node_modules/lib/package.json'), 'utf8'));
    expect(found).toMatchObject({ name: 'lib', version: '1.0.0' });
    expect(hosts.strangers).toEqual([]);
  });
});

describe.skipIf(isMissing('python3', '-c', 'import pip'))('pip', () => {
  test.each([
    'lib @ git+https://github.com/acme/lib.git',
    'lib @ git+https://github.com/acme/lib@v1.0.0',
    'lib @ git+ssh://git@github.com/acme/lib.git',
    'lib @ git+ssh://git@gitlab.com/lab/sub/lib.git@main',
  ])('%s', async (requirement) => {
    const cwd = write({ 'requirements.txt': `${requirement}\n` });
    const words = [
      'install',
      '--no-deps',
      '--no-build-isolation',
      '--target=found',
      '-r',
      'requirements.txt',
    ];
    const env = {
      PIP_NO_INDEX: '1',
      PIP_DISABLE_PIP_VERSION_CHECK: '1',
      PYENV_ROOT: process.env.PYENV_ROOT ?? '',
    };
    const { code, output } = await job.run('python3', ['-m', 'pip', ...words], { cwd, env });
    expect([code, output]).toEqual([0, expect.stringContaining('Successfully installed lib-1.0.0')]);
  });
});

describe.skipIf(isMissing('cargo'))('cargo, by the git command line', () => {
  test.each([
    'https://github.com/acme/lib.git',
    'ssh://git@github.com/acme/lib.git',
    'ssh://git@gitlab.com/lab/sub/lib',
  ])('%s', async (url) => {
    const cwd = write({
      'Cargo.toml': `[package]\nname = "project"\nversion = "0.1.0"\nedition = "2021"\n[dependencies]\nlib = { git = "${url}" }\n`,
      'src/lib.rs': '',
    });
    const env = { CARGO_HOME: join(job.root, 'cargo'), RUSTUP_HOME: `${process.env.HOME}/.rustup` };
    expect(await job.run('cargo', ['fetch'], { cwd, env })).toMatchObject({ code: 0 });
    expect(readFileSync(join(cwd, 'Cargo.lock'), 'utf8')).toContain(url);
  });
});

describe.skipIf(isMissing('terraform'))('terraform', () => {
  test.each([
    'git::https://github.com/acme/lib.git',
    'git::ssh://git@github.com/acme/lib.git',
    'git@github.com:acme/lib.git',
    'github.com/acme/lib',
    'git::https://gitlab.com/lab/sub/lib.git?ref=main',
  ])('%s', async (source) => {
    const cwd = write({ 'main.tf': `module "lib" {\n  source = "${source}"\n}\n` });
    const env = { CHECKPOINT_DISABLE: '1', TF_IN_AUTOMATION: '1' };
    const { code, output } = await job.run('terraform', ['get'], { cwd, env });
    expect([code, output]).toEqual([0, expect.stringContaining('lib')]);
    expect(existsSync(join(cwd, '.terraform/modules/lib/main.tf'))).toBe(true);
  });
});
