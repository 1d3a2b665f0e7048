// A check asks all hosts at once, and each host with few requests at a time: 200 credentials of ten hosts, whose answers
// take 100 ms each.
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { node, run } from './measure.mjs';
import { dist } from './places.mjs';

const hosts = 10;
const credentials = 200;
const latency = 100;
/** What src/app/check/run.ts allows. */
const perHost = 6;

export async function rows() {
  const servers = await Promise.all(Array.from({ length: hosts }, startHost));
  const manifest = manifestFor(servers.map(({ port }) => `http://127.0.0.1:${port}`));
  const env = {
    PATH: process.env.PATH,
    HOME: tmpdir(),
    PIPELINE_CREDENTIALS: manifest,
    TOKEN: 'bench-token',
  };
  const start = performance.now();
  await run(node, [dist('cli'), 'check', '--json', '--quiet'], { env });
  const seconds = (performance.now() - start) / 1000;
  const busiest = Math.max(...servers.map((server) => server.busiest()));
  for (const { close } of servers) close();
  return [
    {
      what: `check of ${credentials} credentials and targets at ${hosts} hosts, ${latency} ms answers`,
      figure: seconds,
      unit: ' s',
      atMost: 3,
    },
    { what: 'requests at one host at a time', figure: busiest, unit: '', atMost: perHost },
  ];
}

/** Enough of GitLab: what a token says of itself, and git's first answer. */
async function startHost() {
  let now = 0;
  let most = 0;
  const server = createServer((request, response) => {
    now += 1;
    most = Math.max(most, now);
    response.once('close', () => (now -= 1));
    const isGit = request.url.includes('/info/refs');
    const body = isGit ? advertisement : JSON.stringify({ name: 'bench', scopes: ['api'], expires_at: null });
    setTimeout(() => response.end(body), latency);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { port: server.address().port, busiest: () => most, close: () => server.close() };
}

const pkt = (line) => (line.length + 4).toString(16).padStart(4, '0') + line;
const sha = '1'.repeat(40);
const advertisement = `001e# service=git-upload-pack\n0000${pkt(`${sha} HEAD\0symref=HEAD:refs/heads/main\n`)}${pkt(`${sha} refs/heads/main\n`)}0000`;

function manifestFor(origins) {
  const urls = Array.from({ length: credentials }, (_, index) => `${origins[index % hosts]}/group-${index}`);
  const list = urls.map(
    (url, index) => `  - { name: c${index}, provider: gitlab, url: '${url}', token: { env: TOKEN } }`,
  );
  const targets = urls.map((url) => `  - ${url}/tool`);
  return `version: 1\ncredentials:\n${list.join('\n')}\nrepositories:\n${targets.join('\n')}\n`;
}
