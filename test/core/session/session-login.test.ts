import { expect, test } from 'vitest';
import { Secret } from '../../../src/core/secret.ts';
import { renderCredentialFile } from '../../../src/core/session/credential-file.ts';
import type { WrittenSection } from '../../../src/core/session/git-sections.ts';
import {
  containersLogin,
  gitLoginFiles,
  parseCredentialFile,
} from '../../../src/core/session/session-login.ts';
import { location } from '../selection/samples.ts';

function section(url: string, more: object): WrittenSection {
  const prefix = { location: location(url), kind: 'namespace', bare: false };
  return { prefix, rewrites: [], ...more } as unknown as WrittenSection;
}

const file = (name: string) => ({ does: 'sign-in', way: 'file', files: [name], readOnly: false });
const sections = [
  section('https://github.com/acme', file('/s/1')),
  section('https://github.com/acme/rnaseq', file('/s/2')),
  section('https://github.com/acme/public', { does: 'block' }),
  section('https://github.com/acme/deploy', { does: 'sign-in', way: 'ssh', folder: '/s', number: 3 }),
];

test.each([
  ['https://github.com/acme/variants', ['/s/1']],
  ['https://github.com/acme/rnaseq', ['/s/2']],
  ['https://github.com/acme/rnaseq-evil', ['/s/1']],
  ['https://github.com/acme/public', null],
  ['https://github.com/acme/deploy', null],
  ['https://github.com/acme-evil/rnaseq', null],
])('a session signs git in at %s with %j', (url, files) => {
  expect(gitLoginFiles(sections, location(url))).toEqual(files);
});

test('a credential file reads back as it was written', () => {
  const login = { username: 'x-access-token', password: new Secret('canary-to=ken') };
  const read = parseCredentialFile(renderCredentialFile(login).reveal());
  expect([read?.username, read?.password.reveal()]).toEqual(['x-access-token', 'canary-to=ken']);
  expect(parseCredentialFile('capability[]=authtype\n')).toBeNull();
});

const basic = (text: string) => ({ auth: Buffer.from(text).toString('base64') });
const config = {
  auths: { 'ghcr.io': basic('me:canary:1'), 'ghcr.io/acme': basic('acme:canary-2'), 'ghcr.io/acme/open': {} },
};

test.each([
  ['ghcr.io', [], 'canary:1'],
  ['ghcr.io', ['globex', 'tools'], 'canary:1'],
  ['ghcr.io', ['acme', 'tools'], 'canary-2'],
  ['ghcr.io', ['acme', 'open'], undefined],
  ['quay.io', ['acme'], undefined],
])('container tools sign in at %s %j with %s', (host, segments, password) => {
  expect(containersLogin(config, { host, segments })?.password.reveal()).toBe(password);
});
