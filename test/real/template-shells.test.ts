import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type GitlabServer, startGitlabServer } from '../templates/gitlab-server.ts';
import { startMachine } from '../templates/job-machine.ts';
import { makeRelease } from '../templates/release.ts';
import { templateScripts } from '../templates/scripts.ts';
import { setupJob } from '../templates/setup-job.ts';

const release = makeRelease();
const { before, after } = setupJob(release, { repositories: ['https://github.com/acme/it-s-$HOME-here'] });
let gitlab: GitlabServer;
beforeAll(async () => {
  gitlab = await startGitlabServer({ release });
});
afterAll(() => gitlab.close());

describe.each(['bash', 'bash --posix', 'dash', 'busybox sh'])('in %s', (words) => {
  const shell = words.split(' ');

  test('setup exports to the job, cleanup ends it', async () => {
    using machine = startMachine({ shell });
    const during = await machine.run([...before, 'echo "signed in: $SIGNED_IN, $PATH"'], gitlab.variables);
    expect(during).toMatchObject({ code: 0, stdout: `signed in: yes, ${machine.variables.PATH}\n` });
    expect(during.stderr).toContain('acme/it-s-$HOME-here');
    expect(await machine.run(after, gitlab.variables)).toMatchObject({ code: 0, stderr: '["cleanup"]\n' });
    expect(machine.leftovers()).toEqual([]);
  });

  test('what fails in setup fails the job, with its own exit code', async () => {
    using machine = startMachine({ shell });
    const refusing = makeRelease({ 'index.js': "process.stderr.write('no\\n'); process.exitCode = 2;" });
    const server = await startGitlabServer({ release: refusing });
    const during = await machine.run([...setupJob(refusing).before, 'echo "not reached"'], server.variables);
    expect(during).toEqual({ code: 2, stdout: '', stderr: 'no\n' });
    await server.close();
  });
});

test.each(templateScripts(release).map((script) => [script.name, script.text]))(
  'shellcheck finds nothing in %s',
  (_name, text) => {
    expect(shellcheck(text)).toBe('');
  },
);

test('shellcheck would find something', () => {
  expect(shellcheck('echo $1')).toContain('SC2086');
});

function shellcheck(text: string): string {
  try {
    return execFileSync('shellcheck', ['--shell=sh', '--format=gcc', '-'], { input: text, encoding: 'utf8' });
  } catch (error) {
    return String((error as { stdout: unknown }).stdout);
  }
}
