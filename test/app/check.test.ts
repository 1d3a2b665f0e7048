import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Forge, startForge } from '../../src/demo/forge.ts';
import { checkManifest } from './check/checking.ts';

let forge: Forge;
beforeAll(async () => {
  forge = await startForge({
    repositories: [
      {
        name: 'acme/rnaseq',
        tags: ['v2.1.0', 'v2.0.0'],
        branches: { develop: { a: 'b' } },
        commits: [{ c: 'd' }],
      },
      { name: 'acme/variants' },
      { name: 'acme/open', private: false },
    ],
    tokens: [
      { token: 'canary-classic', user: 'ada', owners: ['acme'], scopes: ['repo'] },
      { token: 'canary-reader', user: 'ada', owners: ['acme'], access: 'read' },
    ],
  });
});
afterAll(() => forge.close());

const env = { TOKEN: 'canary-classic', READER: 'canary-reader' };
const credentialLine = (name: string, token: string, more = '') =>
  `  - { name: ${name}, provider: github, url: FORGE, token: { env: ${token} }${more} }\n`;

/** Checks targets, one per line as the manifest has them, with one credential for all of the forge. */
async function checked(
  targets: readonly string[],
  options: Parameters<typeof checkManifest>[1] = {},
  credentials = credentialLine('acme', 'TOKEN'),
) {
  const list = targets.map((target) => `  - ${target}\n`).join('');
  const yaml = `version: 1\n${credentials === '' ? '' : `credentials:\n${credentials}`}repositories:\n${list}`;
  return checkManifest(yaml.replaceAll('FORGE', forge.url), { env, ...options });
}

const shaOf = (name: string) => forge.state.repositories.get(name)?.head;

describe('repositories', () => {
  test('are read with the credential that serves them, at the default branch', async () => {
    const { credentials, targets, status } = await checked(['FORGE/acme/rnaseq']);
    expect(status).toBe('ok');
    expect(credentials).toMatchObject([{ name: 'acme', status: 'ok', identity: 'ada', scopes: ['repo'] }]);
    expect(targets).toMatchObject([
      {
        target: `${forge.url}/acme/rnaseq`,
        credential: 'acme',
        status: 'ok',
        revision: { name: 'main', sha: shaOf('acme/rnaseq') },
        message: 'it can be read',
        proof: 'credential',
      },
    ]);
  });

  test('are asked whether they may be pushed to, and nothing is pushed', async () => {
    const writer = await checked(['{ url: FORGE/acme/rnaseq, access: write }']);
    expect(writer.targets).toMatchObject([{ status: 'ok', message: 'it can be read and pushed to' }]);
    const reader = await checked(
      ['{ url: FORGE/acme/rnaseq, access: write }'],
      {},
      credentialLine('acme', 'READER'),
    );
    expect(reader.targets).toMatchObject([
      { status: 'denied', hint: expect.stringContaining('Contents: read and write') },
    ]);
    expect(reader.credentials).toMatchObject([{ status: 'insufficient', message: 'its target refused it' }]);
    expect(forge.traffic.requests.filter(({ path }) => path.endsWith('/git-receive-pack'))).toEqual([]);
  });

  test('that anybody can read need no credential', async () => {
    const { targets, status } = await checked(['FORGE/acme/open'], {}, '');
    expect(targets).toMatchObject([
      { credential: null, status: 'anonymous', message: 'anybody can read it' },
    ]);
    expect(status).toBe('ok');
    const hidden = await checked(['FORGE/acme/rnaseq'], {}, '');
    expect(hidden.targets).toMatchObject([
      { status: 'denied', message: 'it is not public (or not there), and no credential covers it' },
    ]);
  });

  test('that nobody may write to are told as the selection says', async () => {
    const { targets } = await checked(
      ['{ url: FORGE/acme/rnaseq, access: write }'],
      {},
      credentialLine('acme', 'TOKEN', ', access: read'),
    );
    expect(targets).toMatchObject(
      [{ status: 'denied', credential: null, message: /needs write access.*reading only/ }].map((one) => ({
        ...one,
        message: expect.stringMatching(one.message),
      })),
    );
  });

  test('that are not there, or not to be seen, do not speak against the credential', async () => {
    const { targets, credentials } = await checked(['FORGE/acme/typo']);
    expect(targets).toMatchObject([
      { status: 'not-found', message: 'there is no such repository, or acme may not see it' },
    ]);
    expect(credentials).toMatchObject([{ status: 'ok' }]);
  });

  test('given as all of an owner are not asked for', async () => {
    const { targets, status } = await checked(['FORGE/acme/*']);
    expect(targets).toMatchObject([{ target: `${forge.url}/acme/*`, status: 'unknown' }]);
    expect(status).toBe('ok');
  });
});

describe('revisions', () => {
  const revision = async (name: string) =>
    (await checked([`{ url: FORGE/acme/rnaseq, revision: ${name} }`])).targets[0];

  test.each(['main', 'v2.1.0', 'HEAD'])('%s is resolved to its commit', async (name) => {
    expect(await revision(name)).toMatchObject({ status: 'ok', revision: { sha: shaOf('acme/rnaseq') } });
  });

  test('a commit is found, be it a tip or not', async () => {
    const { folder } = forge.state.repositories.get('acme/rnaseq') ?? { folder: '' };
    const { execFileSync } = await import('node:child_process');
    const parent = execFileSync('git', ['-C', folder, 'rev-parse', 'main~1'], { encoding: 'utf8' }).trim();
    const tip = shaOf('acme/rnaseq') ?? '';
    expect(await revision(tip)).toMatchObject({ status: 'ok', revision: { name: tip, sha: tip } });
    expect(await revision(parent)).toMatchObject({ status: 'ok', revision: { name: parent, sha: parent } });
    expect(await revision('f'.repeat(40))).toMatchObject({ status: 'no-such-revision', revision: null });
  });

  test('one that does not exist is an error with the nearest names', async () => {
    expect(await revision('v2.1')).toMatchObject({
      status: 'no-such-revision',
      message: 'there is no branch, tag or commit v2.1; there is v2.1.0, v2.0.0',
    });
    expect(await revision('abcdef0')).toMatchObject({
      status: 'unknown',
      hint: expect.stringContaining('40 digits'),
    });
  });

  test('are listed when asked for', async () => {
    const { targets } = await checked(['FORGE/acme/rnaseq'], { listsRevisions: true });
    expect(targets[0]?.revisions).toEqual(['develop', 'main', 'v2.0.0', 'v2.1.0']);
  });

  test('are asked for by name, so that large repositories answer shortly', async () => {
    forge.traffic.requests.length = 0;
    await revision('v2.1.0');
    const lines = forge.traffic.requests.map(({ method, path }) => `${method} ${path}`);
    expect(lines).toEqual([
      'GET /api/v3/user',
      'GET /acme/rnaseq.git/info/refs?service=git-upload-pack',
      'POST /acme/rnaseq.git/git-upload-pack',
    ]);
  });
});

describe('credentials', () => {
  test('one that fails hides no other', async () => {
    const { credentials, targets } = await checked(
      [
        'FORGE/acme/rnaseq',
        '{ url: FORGE/acme/variants, credential: dead }',
        '{ url: FORGE/acme/open, credential: unset }',
      ],
      { env: { ...env, DEAD: 'canary-dead' } },
      credentialLine('acme', 'TOKEN') + credentialLine('dead', 'DEAD') + credentialLine('unset', 'UNSET'),
    );
    expect(credentials.map(({ name, status }) => [name, status])).toEqual([
      ['acme', 'ok'],
      ['dead', 'invalid'],
      ['unset', 'invalid'],
    ]);
    expect(targets.map(({ credential: by, status, message }) => [by, status, message.slice(0, 40)])).toEqual([
      ['acme', 'ok', 'it can be read'],
      ['dead', 'denied', 'not tried, since dead does not work: Git'],
      ['unset', 'denied', 'not tried: unset: `token`: the variable '],
    ]);
  });

  test('a dead one is not tried at its targets', async () => {
    forge.traffic.requests.length = 0;
    await checked(['FORGE/acme/rnaseq', 'FORGE/acme/variants'], { env: { TOKEN: 'canary-dead' } });
    expect(forge.traffic.requests.map(({ path }) => path)).toEqual(['/api/v3/user']);
  });

  test('those switched off and those of other environments are told, not asked', async () => {
    forge.traffic.requests.length = 0;
    const { credentials, status } = await checked(
      ['FORGE/acme/open'],
      {},
      credentialLine('off', 'TOKEN', ', status: inactive') +
        credentialLine('prod', 'UNSET', ', environments: [prod]'),
    );
    expect(credentials).toMatchObject([
      { status: 'inactive' },
      { status: 'unknown', message: 'it is for prod only, and was not asked about' },
    ]);
    expect(status).toBe('ok');
    expect(forge.traffic.requests.every(({ authorization }) => authorization === 'none')).toBe(true);
  });

  test('a declared end that has passed is told, with what the host says', async () => {
    const { credentials } = await checked(
      ['FORGE/acme/open'],
      {},
      credentialLine('acme', 'TOKEN', ', expires: 2020-01-01'),
    );
    expect(credentials).toMatchObject([
      {
        status: 'expired',
        message: expect.stringContaining('but its host still takes it'),
        daysLeft: expect.any(Number),
      },
    ]);
  });

  test('progress counts credentials and targets', async () => {
    const steps: string[] = [];
    await checked(['FORGE/acme/open', 'FORGE/acme/rnaseq'], {
      progress: (done, total) => steps.push(`${done}/${total}`),
    });
    expect(steps).toEqual(['1/3', '2/3', '3/3']);
  });
});

test('rule 14: nothing is sent where certificates are not checked', async () => {
  forge.traffic.requests.length = 0;
  const checking = checked(['FORGE/acme/open'], { env: { ...env, NODE_TLS_REJECT_UNAUTHORIZED: '0' } });
  await expect(checking).rejects.toMatchObject({ code: 'refused' });
  expect(forge.traffic.requests).toEqual([]);
});

test('rule 13: a redirect to another origin gets no credential, one on the same host is followed', async () => {
  const path = '/acme/old.git/info/refs?service=git-upload-pack';
  forge.traffic.requests.length = 0;
  forge.traffic.fail(path, {
    status: 301,
    headers: { location: `${forge.url}/acme/rnaseq.git/info/refs?service=git-upload-pack` },
  });
  const moved = await checked(['FORGE/acme/old']);
  expect(moved.targets).toMatchObject([
    { status: 'ok', hint: `It has moved: write ${forge.url}/acme/rnaseq.git.` },
  ]);
  await using other = await startForge({ repositories: [{ name: 'acme/old', private: false }] });
  forge.traffic.fail(path, { status: 302, headers: { location: other.url + path } });
  const lured = await checked(['FORGE/acme/old']);
  expect(lured.targets).toMatchObject([
    { status: 'denied', message: expect.stringContaining('sends git elsewhere') },
  ]);
  expect(other.traffic.requests).toEqual([]);
});
