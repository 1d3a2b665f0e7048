// What git waits for before each request: our helper against git-credential-store, with as many prefixes configured.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { node, roundRobin, run } from './measure.mjs';
import { dist, withFolder } from './places.mjs';

const token = 'canary-token-of-the-bench';

export async function rows() {
  return [await compare(10, 0.9), await compare(100, 1.2)];
}

function compare(count, atMost) {
  return withFolder(async (folder) => {
    const contestants = { ours: await ours(folder, count), store: store(folder, count) };
    for (const [name, environment] of Object.entries(contestants))
      await proveAnswer(name, environment, count);
    const fills = Object.entries(contestants).map(([name, environment]) => [
      name,
      () => fill(environment, count),
    ]);
    const ratio = await roundRobin(Object.fromEntries(fills), 150);
    const what = `git credential fill, ${count} prefixes / git-credential-store`;
    return { what, figure: ratio('ours', 'store'), atMost };
  });
}

async function ours(folder, count) {
  const names = Array.from({ length: count }, (_, index) => `org-${index}`);
  const credentials = names.map((organization) => ({
    name: organization,
    provider: 'github',
    organization,
    token: { env: 'BENCH_TOKEN' },
  }));
  const manifest = join(folder, 'manifest.yml');
  writeFileSync(manifest, JSON.stringify({ version: 1, credentials }));
  const env = { ...surroundings(folder), BENCH_TOKEN: token };
  const session = join(folder, 'session');
  const args = [dist('cli'), 'setup', '--manifest', manifest, '--session', session, '--format', 'json'];
  return { ...surroundings(folder), ...JSON.parse(await run(node, args, { env })).environment };
}

function store(folder, count) {
  const file = join(folder, 'git-credentials');
  const lines = Array.from(
    { length: count },
    (_, index) => `https://bench:${token}@github.com/org-${index}/repository`,
  );
  writeFileSync(file, `${lines.join('\n')}\n`, { mode: 0o600 });
  const settings = { 'credential.helper': `store --file=${file}`, 'credential.useHttpPath': 'true' };
  const pairs = Object.entries(settings).flatMap(([key, value], index) => [
    [`GIT_CONFIG_KEY_${index}`, key],
    [`GIT_CONFIG_VALUE_${index}`, value],
  ]);
  return { ...surroundings(folder), GIT_CONFIG_COUNT: '2', ...Object.fromEntries(pairs) };
}

function surroundings(folder) {
  return { PATH: process.env.PATH, HOME: folder, GIT_CONFIG_NOSYSTEM: '1', GIT_TERMINAL_PROMPT: '0' };
}

/** The middle one of the prefixes, as git asks for it. */
function fill(env, count) {
  const input = `protocol=https\nhost=github.com\npath=org-${count / 2}/repository\n\n`;
  return run('git', ['credential', 'fill'], { env, cwd: env.HOME, input });
}

async function proveAnswer(name, environment, count) {
  if (!(await fill(environment, count)).includes(`password=${token}`))
    throw new Error(`${name} did not answer`);
}
