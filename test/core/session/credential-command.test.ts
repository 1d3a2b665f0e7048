import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { Secret } from '../../../src/core/secret.ts';
import { printingHelper, signerFile, signingHelper } from '../../../src/core/session/credential-command.ts';
import { renderCredentialFile } from '../../../src/core/session/credential-file.ts';

const folder = mkdtempSync(join(tmpdir(), "it's a $HOME `folder` "));
afterAll(() => rmSync(folder, { recursive: true }));

/** What git itself learns from a helper. */
function filled(
  helper: string,
  url = 'https://git.example.com/acme/tool',
  verb = 'fill',
): Map<string, string> {
  const output = execFileSync(
    'git',
    [
      '-c',
      'credential.helper=',
      '-c',
      `credential.helper=${helper}`,
      '-c',
      'credential.useHttpPath=true',
      'credential',
      verb,
    ],
    {
      input: `url=${url}\n\n`,
      encoding: 'utf8',
      env: { PATH: process.env.PATH, HOME: folder, GIT_CONFIG_NOSYSTEM: '1', GIT_TERMINAL_PROMPT: '0' },
      stdio: ['pipe', 'pipe', 'ignore'],
    },
  );
  return new Map(
    output
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  );
}

function written(name: string, content: string): string {
  const file = join(folder, name);
  writeFileSync(file, content);
  return file;
}

describe('the helper that prints a file', () => {
  const value = fc
    .oneof(fc.string({ unit: 'grapheme', minLength: 1 }), fc.stringMatching(/^[ "'\\$`!=;#%a\t&|<>*]{1,20}$/))
    .filter((text) => !/[\0\r\n]/.test(text));

  test('user names and secrets come back equal, whatever they are', () => {
    fc.assert(
      fc.property(value, value, (username, password) => {
        const file = written(
          'one',
          renderCredentialFile({ username, password: new Secret(password) }).reveal(),
        );
        const answer = filled(printingHelper([file]));
        expect([answer.get('username'), answer.get('password')]).toEqual([username, password]);
        expect(answer.get('host')).toBe('git.example.com');
      }),
      { numRuns: 40 },
    );
  });

  test('the first file that is there counts', () => {
    const file = written('two', 'username=a\npassword=canary-b\n');
    expect(filled(printingHelper([join(folder, 'missing'), file])).get('password')).toBe('canary-b');
    expect(() => filled(printingHelper([join(folder, 'missing')]))).toThrow();
  });

  test('it says nothing but when it is asked', () => {
    const file = written('three', 'username=a\npassword=canary-c\n');
    for (const verb of ['approve', 'reject'])
      expect(filled(printingHelper([file]), undefined, verb)).toEqual(new Map());
  });
});

describe('the helper that computes', () => {
  const code = "console.log('username=' + process.argv[2] + '\\npassword=canary-signed')\n";
  written(signerFile, code);
  mkdirSync(join(folder, 'secret'));
  const keys = written('secret/1', '');
  const missing = join(folder, 'missing/secret/1');

  test('it runs the node that made the session on the keys that are there', () => {
    expect(filled(signingHelper(process.execPath, [missing, keys])).get('username')).toBe(keys);
    expect(() => filled(signingHelper(process.execPath, [missing]))).toThrow();
  });

  test('it runs any other node where that one is gone, as in a container', () => {
    expect(filled(signingHelper(join(folder, 'no-node'), [keys])).get('password')).toBe('canary-signed');
  });
});
