import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Fetch } from '../../src/core/http/fetch.ts';
import { checkManifest } from './check/checking.ts';
import { sceneSecret, scenes } from './check/scenes.ts';

const pkt = '001e# service=git-upload-pack\n0000';
const keys = [
  'active',
  'expires_at',
  'scopes',
  'username',
  'message',
  'error',
  'type',
  'values',
  'id',
  'login',
];

/** Text that a host might send, our own secret included, and what terminals and CI systems obey. */
const nasty = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom(
    sceneSecret,
    `token=${sceneSecret}`,
    '\u001b[31m',
    '::add-mask::x',
    '2026-13-99',
    '9999999999999',
  ),
);
const header = nasty.map((text) => text.replaceAll(/[^\x20-\x7e]/g, ''));
const body = fc.oneof(
  nasty,
  fc.json(),
  fc
    .dictionary(fc.constantFrom(...keys), fc.oneof(nasty, fc.jsonValue({ maxDepth: 2 })))
    .map((given) => JSON.stringify(given)),
  nasty.map((text) => pkt + text),
);
const headers = fc.dictionary(
  fc.constantFrom(
    'content-type',
    'www-authenticate',
    'x-oauth-scopes',
    'github-authentication-token-expiration',
    'x-ausername',
    'location',
    'date',
    'x-oauth-credential-type',
  ),
  header,
);

/** One answer to every request, as a proxy between us and the host might give. */
const always =
  (status: number, given: Readonly<Record<string, string>>, text: string): Fetch =>
  async (url) => ({
    status,
    ok: status >= 200 && status < 300,
    url: String(url),
    headers: new Headers(given),
    text: async () => text,
    json: async () => JSON.parse(text),
    arrayBuffer: async () => new TextEncoder().encode(text).buffer,
  });

function checkScene(scene: (typeof scenes)[string], fetch: Fetch) {
  const credential = scene.credential.replace('SECRET', '{ env: SECRET }');
  const target = `${scene.targets}${scene.target ?? 'acme/rnaseq'}`;
  return checkManifest(
    `version: 1\ncredentials:\n  - ${credential} }\nrepositories: [{ url: "${target}", revision: main }]\n`,
    { env: { SECRET: sceneSecret }, fetch },
  );
}

describe.each(Object.entries(scenes))('whatever %s answers', (_host, scene) => {
  test('is an answer: nothing breaks, and no report shows the secret (rule 27)', async () => {
    // Neither 429 nor 503, which are waited for.
    const status = fc.constantFrom(200, 201, 203, 204, 301, 302, 307, 400, 401, 403, 404, 410, 418, 501);
    await fc.assert(
      fc.asyncProperty(status, headers, body, async (code, given, text) => {
        const { said, ...result } = await checkScene(scene, always(code, given, text));
        const shown = JSON.stringify([result, said]);
        expect(shown).not.toContain('canary');
        expect(shown).not.toContain('This is a mistake in pipeline-credentials');
        // As JSON writes control characters.
        expect(shown).not.toMatch(/\\u00[01]|\\u009b|\\u202e/i);
      }),
      { numRuns: 60 },
    );
  });

  test('a refusal or a page instead of an answer is never taken for a credential that works', async () => {
    const status = fc.constantFrom(203, 301, 302, 303, 307, 308, 401, 404, 501);
    await fc.assert(
      fc.asyncProperty(status, headers, body, async (code, given, text) => {
        const { credentials, targets } = await checkScene(scene, always(code, given, text));
        expect(credentials.map((one) => one.status)).not.toContain('ok');
        expect(targets.map((one) => one.status)).not.toContain('ok');
      }),
      { numRuns: 40 },
    );
  });
});
