import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { startForge } from '../../src/demo/forge.ts';
import { makeFolder } from '../app/keeping/folder.ts';
import { linkOf, open, press } from '../app/keeping/formbrowser.ts';
import { read, root } from '../conventions/sources.ts';
import { startJob } from '../harness/runner.ts';
import { openSecret } from '../stores/open-sealed.ts';

const storeToken = 'canary-store-token';

/** The README's section: its commands in order, and the steps of its workflow. */
function fromNothing() {
  const [, section = ''] =
    /^## From nothing to a private clone\n([\s\S]*?)^## /m.exec(read('README.md')) ?? [];
  const blocks = [...section.matchAll(/^ {3}```(sh|yaml)\n([\s\S]*?)^ {3}```$/gm)];
  const texts = (kind: string) => blocks.flatMap((block) => (block[1] === kind ? [block[2] ?? ''] : []));
  const commands = texts('sh').map((line) => line.trim().split(/\s+/));
  return { section, commands, steps: parse(texts('yaml')[0] ?? '') };
}

/** A command of the README by the built command line, on the node that a person has. */
function start(
  [npx, name, ...words]: readonly string[],
  { cwd, env = {} }: { cwd: string; env?: Record<string, string> },
) {
  expect([npx, name]).toEqual(['npx', 'pipeline-credentials@1']);
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

/** The README word by word; only the host is another, and the address of one's own host needs two flags and a variable. */
test('no App and no manifest; two commands, three clicks and one step later a job clones a private repository', async () => {
  const { section, commands, steps } = fromNothing();
  expect(section).toContain('Two commands, three clicks in the browser, one step in the workflow');
  const [create = [], upload = [], ...more] = commands;
  const [use, clone, ...furtherSteps] = steps;
  expect([more, furtherSteps, use.uses]).toEqual([[], [], 'your-org/pipeline-credentials@v1']);

  await using forge = await startForge({
    repositories: [
      { name: 'acme/rnaseq', files: { 'main.nf': 'process ALIGN {}\n' } },
      { name: 'acme/pipeline' },
    ],
    tokens: [{ token: storeToken, owners: ['acme'] }],
  });
  const here = (line: string) => line.replaceAll('https://github.com', forge.url);
  using laptop = makeFolder();
  const creating = start([...create, '--url', forge.url, '--allow-private-host'], { cwd: laptop.path });
  await expect.poll(creating.talk, { timeout: 15_000 }).toMatch(/http:\/\/127\.0\.0\.1:\d+\/[0-9a-f]+\//);
  const [url = ''] = /http:\/\/127\.0\.0\.1:\d+\/[0-9a-f]+\//.exec(creating.talk()) ?? [];
  const asked = await press(await open(url), /Continue/);
  const created = await press(asked, /Create GitHub App/);
  await press(await open(linkOf(created, /Install/)), /Install/);
  expect([await creating.ended, creating.talk()]).toEqual([
    0,
    expect.stringContaining('is installed on acme'),
  ]);

  const uploading = start([...upload.map(here), '--token-env', 'STORE'], {
    cwd: laptop.path,
    env: { STORE: storeToken },
  });
  expect([await uploading.ended, uploading.talk()]).toEqual([
    0,
    expect.stringContaining('PIPELINE_CREDENTIALS'),
  ]);
  const secret = await openSecret(forge.state.shelves.get('acme/pipeline'), 'PIPELINE_CREDENTIALS');
  expect(secret).toContain('BEGIN RSA PRIVATE KEY');

  expect(use.with.manifest).toBe('${{ secrets.PIPELINE_CREDENTIALS }}');
  await using job = await startJob({ secrets: [secret ?? ''] });
  const inputs = { manifest: secret ?? '', repositories: here(use.with.repositories) };
  const signedIn = await job.uses(join(root, 'action.yml'), inputs);
  expect([signedIn.code, signedIn.stderr]).toEqual([0, '']);
  const cloned = await job.step(`cd "$RUNNER_TEMP" && ${here(clone.run)} && ls rnaseq`);
  expect([cloned.code, cloned.stdout]).toEqual([0, expect.stringContaining('main.nf')]);
  for (const done of await job.finish()) expect(done.code).toBe(0);
  for (const { talk } of [creating, uploading]) expect(talk()).not.toMatch(/BEGIN RSA|canary/);
  expect([...signedIn.leaks, ...cloned.leaks]).toEqual([]);
}, 90_000);
