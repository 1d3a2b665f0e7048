// Runs an action's programs as the runner does: inputs as variables, files for what it says, state handed to post.
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './measure.mjs';
import { node } from './places.mjs';

const files = ['GITHUB_ENV', 'GITHUB_OUTPUT', 'GITHUB_PATH', 'GITHUB_STATE', 'GITHUB_STEP_SUMMARY'];

/** Makes a job's folders and gives what its steps get to see. */
export function newJob(folder, variables = {}) {
  const place = mkdtempSync(join(folder, 'job-'));
  const named = (name) => join(place, name);
  for (const name of ['temp', 'workspace', 'home']) mkdirSync(named(name));
  for (const name of files) writeFileSync(named(name), '');
  return {
    PATH: process.env.PATH,
    HOME: named('home'),
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_EVENT_NAME: 'push',
    GITHUB_WORKSPACE: named('workspace'),
    RUNNER_TEMP: named('temp'),
    RUNNER_OS: 'Linux',
    ...Object.fromEntries(files.map((name) => [name, named(name)])),
    ...variables,
  };
}

/** Runs one program of an action with its inputs. */
export function runStep(program, job, inputs = {}) {
  const given = Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]);
  return run(node, [program], { env: { ...job, ...Object.fromEntries(given) }, cwd: job.GITHUB_WORKSPACE });
}

/** The job as a post step sees it: what main saved comes as STATE variables. */
export function withState(job) {
  return {
    ...job,
    ...Object.fromEntries(fileCommands(job.GITHUB_STATE).map(([name, value]) => [`STATE_${name}`, value])),
  };
}

/** The job as later steps see it. */
export function withExports(job) {
  return { ...job, ...Object.fromEntries(fileCommands(job.GITHUB_ENV)) };
}

/** `NAME<<DELIMITER`, lines, `DELIMITER`; or `NAME=value`. */
function fileCommands(path) {
  const found = readFileSync(path, 'utf8').matchAll(/^([^=\n]+?)(?:=(.*)|<<(.+)\n([\s\S]*?)\n\3)$/gm);
  return [...found].map(([, name, line, , lines]) => [name, line ?? lines]);
}
