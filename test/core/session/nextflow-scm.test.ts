import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Secret } from '../../../src/core/secret.ts';
import { renderScm, type ScmEntry } from '../../../src/core/session/nextflow-scm.ts';

const github: ScmEntry = {
  platform: 'github',
  host: 'github.com',
  server: 'https://github.com',
  endpoint: 'https://api.github.com',
  user: 'x-access-token',
  secret: new Secret('canary-token'),
};
const gitlab: ScmEntry = {
  platform: 'gitlab',
  host: 'gitlab.example.com:8443',
  server: 'https://gitlab.example.com:8443',
  endpoint: 'https://gitlab.example.com:8443',
  user: 'oauth2',
  secret: new Secret('canary-lab'),
};

/**
 * Reads the part of Groovy that Nextflow's file needs: nested blocks, and strings in single quotes. A name given twice is
 * one entry, at the place of the first and with the values of the last, as Nextflow merges them.
 */
function readScm(text: string): Record<string, Record<string, string>> {
  const providers: Record<string, Record<string, string>> = {};
  const tokens = [...text.matchAll(/'((?:[^'\\\n]|\\.)*)'|[\w.]+|[{}=]|\S/g)];
  let name: string | null = null;
  for (let at = 0; at < tokens.length; at += 1) {
    const [word = ''] = tokens[at] ?? [];
    if (word === 'providers') at += 1;
    else if (word === '}') name = null;
    else if (name === null) {
      name = word;
      providers[name] ??= {};
      at += 1;
    } else {
      const quoted = tokens[at + 2]?.[1];
      if (tokens[at + 1]?.[0] !== '=' || quoted === undefined) throw new Error(`unexpected ${word}`);
      Object.assign(providers[name] ?? {}, { [word]: quoted.replace(/\\(.)/g, '$1') });
      at += 2;
    }
  }
  return providers;
}

/** What Nextflow uses for a host: the first entry whose server has it. */
function found(text: string, host: string) {
  return Object.values(readScm(text)).find(({ server }) => server?.replace(/^\w+:\/\//, '') === host);
}

describe("Nextflow's scm file", () => {
  test('one entry for each host, Nextflow’s own names where it has some', () => {
    expect(readScm(renderScm([github, gitlab], null).reveal())).toEqual({
      github: {
        platform: 'github',
        server: 'https://github.com',
        endpoint: 'https://api.github.com',
        auth: '',
        user: 'x-access-token',
        password: 'canary-token',
        token: '',
      },
      pipelineCredentials2: {
        platform: 'gitlab',
        server: 'https://gitlab.example.com:8443',
        endpoint: 'https://gitlab.example.com:8443',
        auth: '',
        user: 'oauth2',
        password: 'canary-lab',
        token: 'canary-lab',
      },
    });
  });

  test('what was there stays, but neither its order nor its values take our hosts away', () => {
    const existing = `providers {
      mine { platform = 'github'  server = 'https://github.com'  user = 'me'  password = 'old' }
      github { auth = 'me:old'  token = 'old' }
      other { platform = 'gitea'  server = 'https://git.example.org'  endpoint = 'x'  user = 'me'  password = 'p' }
    }`;
    const text = renderScm([github, gitlab], existing).reveal();
    expect(text).toContain(existing);
    expect(found(text, 'github.com')).toMatchObject({ user: 'x-access-token', auth: '', token: '' });
    expect(readScm(text).github).toMatchObject({ password: 'canary-token', auth: '' });
    expect(found(text, 'git.example.org')).toMatchObject({ user: 'me' });
    expect(found(text, 'gitlab.example.com:8443')).toMatchObject({ token: 'canary-lab' });
  });

  test('nothing to write leaves what was there', () => {
    expect(renderScm([], "providers { mine { user = 'a' } }").reveal()).toBe(
      "providers { mine { user = 'a' } }\n",
    );
    expect(renderScm([], null).reveal()).toBe('');
  });

  test('values come back equal, whatever they are', () => {
    const value = fc.oneof(fc.string({ unit: 'grapheme' }), fc.stringMatching(/^[\\'"${}\nu0027 /*a]*$/));
    fc.assert(
      fc.property(value, value, (user, secret) => {
        const entry = { ...gitlab, user, secret: new Secret(secret) };
        if (/[\p{Cc}\u2028\u2029]/u.test(user + secret)) {
          expect(() => renderScm([entry], null)).toThrow(TypeError);
        } else {
          expect(found(renderScm([entry], null).reveal(), gitlab.host)).toMatchObject({
            user,
            password: secret,
          });
        }
      }),
    );
  });
});
