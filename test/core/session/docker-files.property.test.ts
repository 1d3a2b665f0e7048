import { Buffer } from 'node:buffer';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type JsonObject, objectAt } from '../../../src/core/json.ts';
import { Secret } from '../../../src/core/secret.ts';
import { containersAuth } from '../../../src/core/session/containers-auth.ts';
import { dockerConfig } from '../../../src/core/session/docker-config.ts';
import { dockerKey } from '../../../src/core/session/docker-key.ts';
import type { Grant } from '../../../src/core/session/grant.ts';
import { editFile, undoEdit } from '../../../src/core/session/home-edit.ts';

const text = fc.string({ unit: 'grapheme', minLength: 1 });
/** HTTP's Basic ends a user name at the first colon; the manifest takes none with one. */
const username = text.filter((name) => !name.includes(':'));
const login = fc.record({ username, password: text });
const host = fc.oneof(fc.domain(), fc.constant('docker.io'), fc.constant('localhost:5000'));
const logins = fc.uniqueArray(fc.tuple(host, login), { selector: ([name]) => name, maxLength: 6 });

const auth = { auth: 'dGhlaXJzOmNhbmFyeQ==' };
/** What docker may have had: any keys, some of them what hosts of ours are called. */
const seed = fc.record(
  {
    auths: fc.dictionary(fc.oneof(host, text), fc.constant(auth)),
    credHelpers: fc.dictionary(fc.oneof(host, text), text),
    credsStore: text,
    psFormat: text,
    proxies: fc.dictionary(text, fc.dictionary(text, text)),
  },
  { requiredKeys: [] },
);

function written(file: JsonObject): JsonObject {
  return JSON.parse(JSON.stringify(file));
}

/** The login that a client finds for a key, taken apart as clients do. */
function found(file: JsonObject, key: string): unknown {
  const decoded = Buffer.from(String(objectAt(objectAt(file, 'auths'), key).auth), 'base64').toString();
  const colon = decoded.indexOf(':');
  return { username: decoded.slice(0, colon), password: decoded.slice(colon + 1) };
}

function secret({ username, password }: { username: string; password: string }): Grant['login'] {
  return { username, password: new Secret(password) };
}

describe('whatever users, passwords and earlier files hold', () => {
  test("docker's file gives every login back, and hides none behind a helper", () => {
    fc.assert(
      fc.property(logins, seed, fc.boolean(), (ours, config, lists) => {
        const wanted = ours.map(([name, one]) => ({ host: name, login: secret(one) }));
        const file = written(dockerConfig({ config, stored: lists ? [] : null }, wanted));
        const keys = ours.map(([name]) => dockerKey(name));
        expect(keys.map((key) => found(file, key))).toEqual(ours.map(([, one]) => one));
        const helpers = objectAt(file, 'credHelpers');
        expect(keys.filter((key) => Object.hasOwn(helpers, key) && helpers[key] !== '')).toEqual([]);
        expect([file.psFormat, file.proxies]).toEqual([config.psFormat, written(config).proxies]);
      }),
    );
  });

  test("podman's file gives every login back", () => {
    fc.assert(
      fc.property(logins, seed, (ours, earlier) => {
        const scopes = ours.map(([name, one]) => ({
          scope: { host: name, segments: ['acme'] },
          grant: { login: secret(one) } as Grant,
        }));
        const file = written(containersAuth([earlier], scopes));
        expect(ours.map(([name]) => found(file, `${name}/acme`))).toEqual(ours.map(([, one]) => one));
      }),
    );
  });

  test("an edit of the user's own file says what is wanted, and is undone to the byte", () => {
    const layout = fc.constantFrom(undefined, 2, '\t');
    fc.assert(
      fc.property(logins, seed, layout, (ours, config, indent) => {
        const wanted = dockerConfig(
          { config, stored: [] },
          ours.map(([name, one]) => ({ host: name, login: secret(one) })),
        );
        const original = JSON.stringify(config, null, indent);
        const edit = editFile(original, wanted);
        expect(JSON.parse(edit.written)).toEqual(written(wanted));
        expect(undoEdit(edit.written, edit)).toBe(original);
        const rewritten = JSON.stringify(JSON.parse(edit.written), null, 3);
        expect(JSON.parse(undoEdit(rewritten, edit) ?? '{}')).toEqual(written(config));
      }),
    );
  });
});
