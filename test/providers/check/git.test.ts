import { describe, expect, test } from 'vitest';
import { advertisement, gitQuestion } from '../../fakes/hosts/git-service.ts';
import { type HostScene, now, runCase } from './hosts-table.ts';

/** A server that shows `open/` to anybody, whatever they sign in with, and the rest to one password. */
const scene: HostScene = {
  credential: '{ name: own, provider: git, url: "https://git.example.com", username: ada, password: SECRET',
  targets: 'https://git.example.com/',
  handler: () => (request) => {
    const git = gitQuestion(request);
    if (git === null) return null;
    if (git.path.startsWith('open/')) return advertisement(git.service);
    if (request.basic?.[1] !== 'canary-good') return { status: 401, body: 'no' };
    if (!git.path.startsWith('acme/')) return { status: 403, body: 'not yours' };
    return request.url.pathname.includes('.git/') ? { status: 404, body: 'no' } : advertisement(git.service);
  },
};

describe('any other git host', () => {
  test('a target that is not open to anybody proves the credential', async () => {
    const { credential, found } = await runCase(scene, { secret: 'canary-good' });
    expect(credential).toMatchObject({ status: 'ok' });
    expect(found).toMatchObject({ status: 'ok', proof: 'credential' });
  });

  test('one that anybody can read proves nothing', async () => {
    const { credential, found } = await runCase(scene, { secret: 'canary-wrong', target: 'open/tool' });
    expect(credential).toMatchObject({ status: 'unknown' });
    expect(found).toMatchObject({ status: 'ok', proof: 'access' });
  });

  test.each([
    ['a wrong password', 'canary-wrong', 'acme/rnaseq', 'git.example.com does not accept own'],
    ['no access', 'canary-good', 'other/tool', 'own may not read it ("not yours")'],
  ])('%s', async (_what, secret, target, message) => {
    const { credential, found } = await runCase(scene, { secret, target });
    expect(credential).toMatchObject({ status: 'insufficient' });
    expect(found).toMatchObject({ status: 'denied', message });
  });

  test.each([
    ['expiring', ', expires: 2026-11-30', 'expiring'],
    ['expired', ', expires: 2026-11-01', 'expired'],
  ])('%s, as only the manifest can say', async (_what, more, status) => {
    const { credential } = await runCase(scene, { secret: 'canary-good', more, now });
    expect(credential).toMatchObject({ status, expirySource: 'manifest' });
  });

  test('is asked for the address as it is written', async () => {
    const { asked } = await runCase(scene, { secret: 'canary-good', target: 'acme/rnaseq.git' });
    expect(asked.at(-1)).toBe('GET git.example.com/acme/rnaseq.git/info/refs');
  });
});
