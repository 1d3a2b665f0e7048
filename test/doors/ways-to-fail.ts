import { generateKeyPairSync } from 'node:crypto';
import { chmodSync, mkdirSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { World } from './world.ts';

/** A machine on which a setup is to fail: where its home, its temp folder and further files are. */
export interface Machine {
  readonly folder: string;
  readonly home: string;
  readonly temp: string;
}

/** What makes a setup fail. */
export interface Trouble {
  readonly manifest?: string;
  /** Inputs, which are flags of the same name. */
  readonly inputs?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  /** Starts the program in place of node. */
  readonly node?: string;
  readonly signal?: NodeJS.Signals;
  /** When the signal is sent: when the forge is asked to mint, and this is so. */
  readonly when?: () => boolean;
  /** What must be said. */
  readonly says: RegExp;
}

type Way = (world: World, machine: Machine) => Trouble;

const canary = 'canary-literal/+"3"';

/** The forge answers a mint with this, as often as it is asked. */
const mint =
  (fault: Parameters<World['forge']['traffic']['fail']>[1], says: RegExp): Way =>
  ({ forge }) => {
    forge.traffic.fail('/access_tokens', fault, 9);
    return { says };
  };

const said = (status: number, message: string) => ({ status, body: { message } });

const variable =
  (name: string, value: string, says: RegExp): Way =>
  () => ({ env: { [name]: value }, says });

const replaced =
  (from: string | RegExp, to: string, says: RegExp): Way =>
  ({ manifest }) => ({ manifest: manifest.replace(from, to), says });

/** No file may become longer than so many KiB: much like a full disk. In bash, since others drop variables with dashes. */
const full =
  (kibibytes: number): Way =>
  (_world, { folder }) => {
    const node = join(folder, 'node');
    writeFileSync(
      node,
      `#!/usr/bin/env bash\ntrap '' XFSZ\nulimit -f ${kibibytes}\nexec '${process.execPath}' "$@"\n`,
    );
    chmodSync(node, 0o755);
    return { node, says: /EFBIG/ };
  };

const otherKey = () =>
  generateKeyPairSync('rsa', { modulusLength: 2048 })
    .privateKey.export({ type: 'pkcs1', format: 'pem' })
    .toString();

const tomorrow = (days: number) => new Date(Date.now() + days * 86_400_000);

/** The App has two installations: the token for acme is minted when the mint for initech meets this. */
const second =
  (fault: Parameters<World['forge']['traffic']['fail']>[1], met: Omit<Trouble, 'manifest'>): Way =>
  ({ forge, manifest, alive }) => {
    const app = forge.app('acme-pipelines');
    const { id } = forge.state.installations[1] ?? forge.addInstallation(app, { account: 'initech' });
    forge.traffic.fail(`/app/installations/${id}/access_tokens`, fault, 9);
    const other = (text: string) => text.replace('acme-app', 'initech-app').replace('/acme\n', '/initech\n');
    const both = manifest.replace(/ {2}- name: acme-app\n(?: {4}.*\n)*/, (text) => text + other(text));
    const target = `repositories:\n  - ${forge.url}/initech/payroll\n`;
    return { ...met, when: () => alive() > 0, manifest: both.replace('repositories:\n', target) };
  };

/** Ways to fail, by name: by the answers of a forge, by secrets, by the manifest, and by the machine. */
export const waysToFail: Readonly<Record<string, Way>> = {
  'a key of another App': () => ({
    env: { ACME_APP_KEY: otherKey() },
    says: /does not accept its signature/,
  }),
  'a key that is none': variable('ACME_APP_KEY', `canary-no-key ${canary}`, /private-key/),
  'a key that is cut off': (world) => ({
    env: { ACME_APP_KEY: world.secrets.ACME_APP_KEY?.slice(0, 900) ?? '' },
    says: /private-key/,
  }),
  '401, with a line of the key in it': (world, machine) => {
    const line = world.secrets.ACME_APP_KEY?.split('\n')[3];
    return mint(said(401, `Bad credentials ${line}`), /signature \("Bad credentials \*\*\*"\)/)(
      world,
      machine,
    );
  },
  '403': mint(said(403, 'This installation has been suspended'), /is suspended/),
  '404': mint(said(404, 'Not Found'), /the App is not installed at acme/),
  'an owner without the App': ({ manifest }) => ({
    manifest: manifest.replace(/\/acme\n/, '/stranger\n').replace('/acme/rnaseq', '/stranger/rnaseq'),
    says: /the App is not installed at stranger/,
  }),
  '422': replaced('acme/rnaseq', 'acme/missing', /does not reach missing/),
  '500': mint(said(500, `oops ${canary}`), /answered 500 again and again/),
  'a reset': mint('reset', /broke the connection off/),
  'half an answer': mint('cut', /Cannot reach|does not answer/),
  'an HTML page': mint(
    { status: 200, body: `<html>${canary}</html>` },
    /does not answer as GitHub's API does/,
  ),
  'a redirect': mint(
    { status: 302, headers: { location: `https://evil.example.com/?token=${canary}` } },
    /sends requests elsewhere/,
  ),
  'a limit of an hour': mint(
    { status: 403, headers: { 'retry-after': '3600' }, body: { message: 'slow down' } },
    /limits how often it may be asked/,
  ),
  'a token with more rights': mint(
    {
      status: 201,
      body: {
        token: canary,
        expires_at: tomorrow(1).toISOString(),
        permissions: { contents: 'write', metadata: 'read' },
        repository_selection: 'selected',
        repositories: [{ name: 'rnaseq', owner: { login: 'acme' } }],
      },
    },
    /it was given contents: write unasked/,
  ),
  'a clock that is days off': ({ forge }) => {
    forge.state.clockSkewMs = 3 * 86_400_000;
    return { says: /the clocks disagree/ };
  },
  'a refused connection': ({ manifest, forge }) => ({
    manifest: manifest.replaceAll(forge.url, 'http://127.0.0.1:9'),
    says: /refused the connection/,
  }),
  'a missing variable': variable('GLOBEX_TOKEN', '', /the variable GLOBEX_TOKEN is not set, or empty/),
  'a second line': variable('GLOBEX_TOKEN', `${canary}\nhost=evil.example.com`, /control|line/),
  'a short secret': variable('TEAM_PASSWORD', 'short', /8 characters/),
  'a missing file': ({ manifest }) => ({
    manifest: manifest.replace('{ env: GLOBEX_TOKEN }', '{ file: /nowhere/token }'),
    env: { GLOBEX_TOKEN: '' },
    says: /the file \/nowhere\/token does not exist/,
  }),
  'bad YAML': ({ manifest }) => ({ manifest: `${manifest}  [ ${canary}`, says: /The manifest has/ }),
  'an unknown key': replaced(
    '{ env: GLOBEX_TOKEN }',
    `{ env: GLOBEX_TOKEN, ${'k'.repeat(20)}: '${canary}' }`,
    /The manifest has/,
  ),
  'the wrong type': () => ({ manifest: `- token: '${canary}'`, says: /The manifest has an error/ }),
  'a literal where a list is wanted': replaced(
    'repositories:\n',
    `repositories: '${canary}'\nx:\n`,
    /The manifest has/,
  ),
  'an unreadable target': replaced(
    'repositories:\n',
    `repositories:\n  - 'https://x:${encodeURIComponent(canary)}@*.example.com/a'\n`,
    /has a password in it/,
  ),
  'a file where the temp folder should be': (_world, { temp }) => {
    rmdirSync(temp);
    writeFileSync(temp, '');
    return { says: /ENOTDIR|cannot be used/ };
  },
  'a temp folder that is read-only': () => {
    const temp = process.platform === 'linux' ? '/sys' : '/System';
    return { env: { RUNNER_TEMP: temp, TMPDIR: temp }, says: /The session folder cannot be made: E\w+ at / };
  },
  "a file where docker's folder should be": (_world, { home }) => {
    writeFileSync(join(home, '.docker'), '');
    return { inputs: { docker: 'home' }, says: /EEXIST|ENOTDIR/ };
  },
  "docker's own file broken": (_world, { home }) => {
    mkdirSync(join(home, '.docker'));
    writeFileSync(join(home, '.docker/config.json'), '{"auths": ');
    return { inputs: { docker: 'home' }, says: /is no JSON/ };
  },
  'a disk that is full': full(0),
  'a disk that takes one more small file': full(1),
  'a disk that takes some more': full(2),
  'SIGTERM in the middle': ({ forge }) => {
    forge.traffic.fail('/access_tokens', 'hang');
    return { signal: 'SIGTERM', says: /Interrupted/ };
  },
  'SIGINT in the middle': ({ forge }) => {
    forge.traffic.fail('/access_tokens', 'hang');
    return { signal: 'SIGINT', says: /Interrupted/ };
  },
  'SIGTERM when a token was minted, but nobody has heard of it': ({ forge, alive }) => {
    forge.traffic.fail('/access_tokens', 'dawdle');
    return { signal: 'SIGTERM', when: () => alive() > 0, says: /Interrupted/ };
  },
  'one App of two refused': second(said(422, 'Something is wrong'), { says: /initech-app mints no token/ }),
  'SIGTERM when one App of two has its token': second('hang', { signal: 'SIGTERM', says: /Interrupted/ }),
  'certificates unchecked': variable(
    'NODE_TLS_REJECT_UNAUTHORIZED',
    '0',
    /NODE_TLS_REJECT_UNAUTHORIZED is not safe/,
  ),
};
