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
    const refusing = makeRelease("process.stderr.write('no\\n'); process.exitCode = 2;");
    const server = await startGitlabServer({ release: refusing });
    const during = await machine.run([...setupJob(refusing).before, 'echo "not reached"'], server.variables);
    expect(during).toEqual({ code: 2, stdout: '', stderr: 'no\n' });
    await server.close();
  });
});

describe('in an image with nothing but busybox, such as the debug image of kaniko', () => {
  const busybox = execFileSync('sh', ['-c', 'command -v busybox'], { encoding: 'utf8' }).trim();
  const applets = execFileSync(busybox, ['--list'], { encoding: 'utf8' }).trim().split('\n');
  const image = () =>
    startMachine({
      shell: [busybox, 'sh'],
      programs: Object.fromEntries(applets.map((applet) => [applet, busybox])),
    });

  test('a missing node is told, with three ways out', async () => {
    using machine = image();
    const said = await machine.run([...before, 'echo "not reached"'], gitlab.variables);
    expect(said).toMatchObject({ code: 1, stdout: '' });
    expect(said.stderr).toMatch(/^error: this job has no Node 20 or newer\.\nhint: .*; or .*; or .*\n$/);
  });

  test('a node that lies anywhere is enough', async () => {
    using machine = image();
    const job = setupJob(release, { node: process.execPath });
    const during = await machine.run([...job.before, 'echo "signed in: $SIGNED_IN"'], gitlab.variables);
    expect(during).toMatchObject({ code: 0, stdout: 'signed in: yes\n' });
    expect(await machine.run(job.after, gitlab.variables)).toMatchObject({
      code: 0,
      stderr: '["cleanup"]\n',
    });
    expect(machine.leftovers()).toEqual([]);
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
