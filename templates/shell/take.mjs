// Copies the files that SHA256SUMS lists from SOURCE to TARGET; without TARGET it only checks them. SOURCE is a
// folder, or `project` for PROJECT at REF on the GitLab server that runs this job. SUMS is the SHA-256 of SHA256SUMS.
// Nothing is written when a single byte differs.
import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

const [sums, source, target, project, ref] = process.argv.slice(2);
const read = source === 'project' ? download : (name) => readFile(join(source, name));

try {
  const list = await read('SHA256SUMS');
  if (sha256(list) !== sums)
    throw new Error('SHA256SUMS is not the one that this template was released with');
  const files = await Promise.all(entries(String(list)).map(take));
  if (target !== '') await write([{ name: 'SHA256SUMS', content: list }, ...files]);
} catch (error) {
  process.stderr.write(
    `pipeline-credentials: not from ${source}: ${error.cause?.code ?? error.code ?? error.message}\n`,
  );
  process.exitCode = 1;
}

function entries(list) {
  return [...list.matchAll(/^([0-9a-f]{64}) {2}(\w[\w.-]*\/\w[\w.-]*)$/gm)].map(([, hash, name]) => ({
    hash,
    name,
  }));
}

async function take({ hash, name }) {
  const content = await read(name);
  if (sha256(content) !== hash) throw new Error(`${name} is not the one that SHA256SUMS lists`);
  return { name, content };
}

async function write(files) {
  for (const { name, content } of files) {
    await mkdir(dirname(join(target, name)), { recursive: true });
    await writeFile(join(target, name), content);
  }
}

/** The job's token goes to the job's own server only, over a connection that is checked, and follows no redirect. */
async function download(name) {
  const { CI_API_V4_URL: api, CI_SERVER_URL: server, CI_JOB_TOKEN: token } = process.env;
  if (process.env.NODE_TLS_REJECT_UNAUTHORIZED === '0') throw new Error('NODE_TLS_REJECT_UNAUTHORIZED is 0');
  const { origin, protocol, hostname } = new URL(api);
  if (origin !== new URL(server).origin) throw new Error('CI_API_V4_URL is not on the host of CI_SERVER_URL');
  if (protocol !== 'https:' && hostname !== '127.0.0.1') throw new Error('CI_API_V4_URL is not https');
  const [where, what, when] = [project, `dist/${name}`, ref].map(encodeURIComponent);
  const response = await fetch(`${api}/projects/${where}/repository/files/${what}/raw?ref=${when}`, {
    headers: token ? { 'job-token': token } : {},
    redirect: 'error',
    signal: AbortSignal.timeout(60_000),
  });
  if (!response.ok) throw new Error(`the server answers ${response.status} for ${project} at ${ref}`);
  return Buffer.from(await response.arrayBuffer());
}

function sha256(content) {
  return createHash('sha256').update(content).digest('hex');
}
