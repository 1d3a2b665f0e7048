import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { startForge } from '../../src/demo/forge.ts';
import { makeFolder } from '../app/keeping/folder.ts';
import { linkOf, open, press } from '../app/keeping/formbrowser.ts';
import { root } from '../conventions/sources.ts';
import { openSecret } from '../stores/open-sealed.ts';

const storeToken = 'canary-store-token';

/** The built command line, on the node that a person has. */
function start(words: readonly string[], { cwd, env = {} }: { cwd: string; env?: Record<string, string> }) {
  const node = process.env.OWN_NODE ?? process.execPath;
  const child = spawn(node, [join(root, 'dist/cli/index.js'), ...words], {
    cwd,
    env: { PATH: process.env.PATH, HOME: cwd, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let talk = '';
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    talk += chunk;
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  return { talk: () => talk, ended, stdout: text(child.stdout) };
}

/**
 * From nothing to a private clone in a job: one command and three presses in the browser make the App, its credential
 * and the manifest; one command stores it; two lines in the job use it.
 */
test('no App and no manifest; two commands and three presses later a job clones a private repository', async () => {
  await using forge = await startForge({
    repositories: [
      { name: 'acme/rnaseq', files: { 'main.nf': 'process ALIGN {}\n' } },
      { name: 'acme/pipeline' },
    ],
    tokens: [{ token: storeToken, owners: ['acme'] }],
  });
  using laptop = makeFolder();
  const words = ['app', 'create', 'acme', '--org', 'acme', '--url', forge.url, '--allow-private-host'];
  const creating = start(words, { cwd: laptop.path });
  await expect.poll(creating.talk, { timeout: 15_000 }).toMatch(/http:\/\/127\.0\.0\.1:\d+\/[0-9a-f]+\//);
  const [url = ''] = /http:\/\/127\.0\.0\.1:\d+\/[0-9a-f]+\//.exec(creating.talk()) ?? [];
  const asked = await press(await open(url), /Continue/);
  const created = await press(asked, /Create GitHub App/);
  await press(await open(linkOf(created, /Install/)), /Install/);
  expect([await creating.ended, creating.talk()]).toEqual([
    0,
    expect.stringContaining('is installed on acme'),
  ]);

  const uploading = start(['upload', '--to', `${forge.url}/acme/pipeline`, '--token-env', 'STORE'], {
    cwd: laptop.path,
    env: { STORE: storeToken },
  });
  expect([await uploading.ended, uploading.talk()]).toEqual([
    0,
    expect.stringContaining('PIPELINE_CREDENTIALS'),
  ]);
  const secret = await openSecret(forge.state.shelves.get('acme/pipeline'), 'PIPELINE_CREDENTIALS');
  expect(secret).toContain('BEGIN RSA PRIVATE KEY');

  using job = makeFolder();
  const exec = [
    'exec',
    '--repositories',
    `${forge.url}/acme/rnaseq`,
    '--',
    'git',
    'clone',
    '-q',
    `${forge.url}/acme/rnaseq`,
  ];
  const cloning = start(exec, { cwd: job.path, env: { PIPELINE_CREDENTIALS: secret ?? '' } });
  expect([await cloning.ended, cloning.talk()]).toEqual([0, expect.any(String)]);
  expect(existsSync(job.file('rnaseq/main.nf'))).toBe(true);
  for (const { talk } of [creating, uploading, cloning]) expect(talk()).not.toMatch(/BEGIN RSA|canary/);
}, 90_000);
