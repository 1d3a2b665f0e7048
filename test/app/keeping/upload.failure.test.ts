import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type UploadRequest, upload } from '../../../src/app/keeping/upload.ts';
import { Failure } from '../../../src/core/failure.ts';
import { type Forge, startForge } from '../../../src/demo/forge.ts';
import type { Fault, Match, Traffic } from '../../../src/demo/traffic.ts';
import { type FakeBitbucket, startFakeBitbucket } from '../../fakes/bitbucket.ts';
import { type FakeGitlab, startFakeGitlab } from '../../fakes/gitlab.ts';
import { openSecret } from '../../stores/open-sealed.ts';
import { keepingContext } from './context.ts';
import { makeFolder } from './folder.ts';
import { storeAt } from './store-at.ts';

const old = 'canary-old-0123456789';
const newer = 'canary-new-0123456789';
const storeToken = 'canary-store-token';
let forge: Forge;
let gitlab: FakeGitlab;
let bitbucket: FakeBitbucket;
beforeAll(async () => {
  forge = await startForge({
    repositories: [{ name: 'acme/rnaseq' }],
    tokens: [
      { token: old, owners: ['acme'] },
      { token: newer, owners: ['acme'] },
      { token: storeToken, owners: ['acme'] },
    ],
  });
  gitlab = await startFakeGitlab();
  gitlab.addToken({ token: storeToken, manages: ['acme/pipeline'] });
  bitbucket = await startFakeBitbucket({ headers: [`Bearer ${storeToken}`], places: ['acme/pipeline'] });
});
afterAll(() => Promise.all([forge.close(), gitlab[Symbol.asyncDispose](), bitbucket[Symbol.asyncDispose]()]));
beforeEach(() => run(old));

interface Kind {
  readonly store: () => Partial<UploadRequest['store']> & { to: string };
  readonly traffic: () => Traffic;
  readonly held: () => Promise<string | null> | string | null;
  readonly write: Match;
  readonly read: Match;
}

const kinds: Readonly<Record<string, Kind>> = {
  GitHub: {
    store: () => ({ to: `${forge.url}/acme/rnaseq` }),
    traffic: () => forge.traffic,
    held: () => openSecret(forge.state.shelves.get('acme/rnaseq'), 'T'),
    write: 'PUT ',
    read: /actions\/secrets\/T/,
  },
  GitLab: {
    store: () => ({ to: `${gitlab.url}/acme/pipeline`, provider: 'gitlab' }),
    traffic: () => gitlab.traffic,
    held: () => gitlab.variable('acme/pipeline', 'T')?.value ?? null,
    write: 'PUT ',
    read: /GET .*variables/,
  },
  Bitbucket: {
    store: () => ({ to: 'https://bitbucket.org/acme/pipeline', apiUrl: bitbucket.apiUrl }),
    traffic: () => bitbucket.traffic,
    held: () => [...bitbucket.variables.values()].find(({ key }) => key === 'T')?.value ?? null,
    write: 'PUT ',
    read: /GET .*variables/,
  },
};
let kind: Kind = kinds.GitHub as Kind;

/** @param patienceMs how long a host may be silent: short only where one is. */
async function run(token: string, patienceMs = 12_000) {
  using folder = makeFolder();
  folder.write(
    'm.yml',
    `version: 1\ncredentials:\n  - { name: c, provider: github, url: '${forge.url}/acme', token: { env: T } }\n`,
  );
  const context = keepingContext({
    cwd: folder.path,
    env: { STORE_TOKEN: storeToken, T: token },
    idleMs: patienceMs,
  });
  return upload(requestOf(['T'], true), context);
}

function requestOf(names: readonly string[], test: boolean): UploadRequest {
  return {
    manifest: { text: null, files: ['m.yml'], allowEnv: '' },
    names,
    as: '',
    inline: 'none',
    store: storeAt(kind.store()),
    test,
    dryRun: false,
  };
}

const broken = { status: 500, body: { message: 'canary-new-0123456789 is broken' } };
const refused = { status: 403, body: { message: 'Resource not accessible' } };

/**
 * What breaks, how, and what the store holds then. The new value is in the environment of who uploads all along, and
 * what the store held worked before: so one of the two is always usable and known.
 */
const table: readonly (readonly [string, 'read' | 'write' | 'verify', Fault, 'old' | 'new', RegExp])[] = [
  [
    'before anything is written: the store cannot be reached',
    'read',
    'reset',
    'old',
    /Cannot reach|answered/,
  ],
  ['before anything is written: the store refuses', 'read', refused, 'old', /answered 403/],
  ['the write never arrives', 'write', 'reset', 'old', /not stored|not known/],
  ['the write hangs until we give up', 'write', 'hang', 'old', /not stored|not known/],
  ['the write is refused', 'write', refused, 'old', /T was not stored.*403/],
  ['the store breaks on it', 'write', broken, 'old', /not stored|not known/],
  ['the write arrives, and the answer is lost', 'write', 'lose', 'new', /not known|^$/],
  ['the answer is cut', 'write', 'cut', 'old', /not stored|not known/],
  ['what is there cannot be read back', 'verify', 'reset', 'new', /^$/],
];

describe.each(Object.keys(kinds))('an upload to %s', (name) => {
  beforeAll(() => {
    kind = kinds[name] as Kind;
  });

  test.each(table)('%s', async (_, at, fault, holds, says) => {
    const traffic = kind.traffic();
    if (at === 'verify') {
      let writes = 0;
      const counted: Match = (request) => {
        if (request.method === 'PUT') writes += 1;
        return writes > 0 && request.method === 'GET';
      };
      traffic.fail(counted, fault, 3);
    } else {
      traffic.fail(kind[at], fault, at === 'read' && fault === 'reset' ? 3 : 1);
    }
    const failure = await run(newer, fault === 'hang' ? 1000 : 12_000).then(
      () => null,
      (error: unknown) => error,
    );
    traffic.heal();
    expect(await kind.held()).toBe(holds === 'old' ? old : newer);
    expect(failure === null ? '' : (failure as Failure).message).toMatch(says);
    expect(failure === null || failure instanceof Failure).toBe(true);
    expect(JSON.stringify(failure)).not.toContain('canary');
    // Whatever happened, doing it again puts it right.
    await run(newer);
    expect(await kind.held()).toBe(newer);
  });
});

test('of several values, those that were stored before one failed are named', async () => {
  kind = kinds.GitHub as Kind;
  using folder = makeFolder();
  folder.write(
    'm.yml',
    `version: 1\ncredentials:\n  - { name: a, provider: github, url: '${forge.url}/acme', token: { env: T } }\n  - { name: b, provider: github, url: '${forge.url}/b', token: { env: U } }\n`,
  );
  forge.traffic.fail('PUT /api/v3/repos/acme/rnaseq/actions/secrets/U', refused);
  const context = keepingContext({ cwd: folder.path, env: { STORE_TOKEN: storeToken, T: newer, U: newer } });
  await expect(upload(requestOf(['T', 'U'], false), context)).rejects.toThrow(
    /^U was not stored: .*Stored before that: T\.$/,
  );
});
