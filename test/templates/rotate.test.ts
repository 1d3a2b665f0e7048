import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type GitlabServer, startGitlabServer } from './gitlab-server.ts';
import { type Inputs, renderTemplate, templateText } from './gitlab-template.ts';
import { type JobMachine, startMachine } from './job-machine.ts';
import { makeRelease } from './release.ts';

const release = makeRelease(`const words = process.argv.slice(2);
process.stdout.write(JSON.stringify(words) + '\\n');
process.exitCode = words.includes('7d') ? 1 : 0;
`);
const job = (inputs: Inputs = {}) =>
  renderTemplate(templateText('templates/gitlab/rotate.yml', release), inputs)['pipeline-credentials-rotate'];

let gitlab: GitlabServer;
beforeAll(async () => {
  gitlab = await startGitlabServer({ release });
});
afterAll(() => gitlab.close());

let machine: JobMachine;
afterEach(() => machine?.[Symbol.dispose]());

test('the job rotates what ends soon, into the variables of its project', async () => {
  machine = startMachine();
  const inputs = { within: '60d', days: '90', credentials: ['lab'] };
  const { code, stdout } = await machine.run(job(inputs)?.script ?? [], {
    ...gitlab.variables,
    CI_PROJECT_URL: 'https://gitlab.example.com/acme/pipeline',
  });
  const words: string[] = JSON.parse(stdout);
  const value = (flag: string) => words[words.indexOf(flag) + 1];
  expect(words[0]).toBe('rotate');
  expect(['--within', '--days', '--credentials', '--to', '--store-provider'].map(value)).toEqual([
    '60d',
    '90',
    '["lab"]',
    'https://gitlab.example.com/acme/pipeline',
    'gitlab',
  ]);
  expect(value('--token-env')).toBe('PIPELINE_CREDENTIALS_ROTATE_TOKEN');
  expect(words).not.toContain('--type');
  expect(code).toBe(0);
  expect(machine.leftovers()).toEqual([]);
});

test('a manifest of type File stays one, and how the rotation ends is how the job ends', async () => {
  machine = startMachine();
  const { code, stdout } = await machine.run(
    [...(job({ within: '7d' })?.script ?? []), 'echo "not reached"'],
    {
      ...gitlab.variables,
      PIPELINE_CREDENTIALS: '/etc/hostname',
    },
  );
  expect(stdout).toContain('"--type","file"');
  expect(stdout).not.toContain('not reached');
  expect(code).toBe(1);
  expect(machine.leftovers()).toEqual([]);
});

test('one rotation at a time, and none is cut off', () => {
  expect(job()).toMatchObject({ resource_group: 'pipeline-credentials-rotate', interruptible: false });
});
