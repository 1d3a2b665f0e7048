import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Listening, listen } from '../../src/demo/server.ts';
import { type Release, writeRelease } from './release.ts';

/** A package registry that holds one release, as npm asks for it. */
export interface NpmServer extends Listening, AsyncDisposable {
  readonly requests: string[];
}

export async function startNpmServer(release: Release): Promise<NpmServer> {
  const name = 'pipeline-credentials';
  const tarball = pack(release, name);
  const requests: string[] = [];
  const server = await listen({}, async (request, response) => {
    requests.push(request.url ?? '');
    if (request.url === `/${name}`) response.writeHead(200).end(JSON.stringify(metadata()));
    else if (request.url === '/release.tgz') response.writeHead(200).end(tarball);
    else response.writeHead(404).end('{}');
  });
  const integrity = `sha512-${createHash('sha512').update(tarball).digest('base64')}`;
  const metadata = () => ({
    name,
    'dist-tags': { latest: release.version },
    versions: {
      [release.version]: {
        name,
        version: release.version,
        dist: { tarball: `${server.url}/release.tgz`, integrity },
      },
    },
  });
  return { ...server, requests, [Symbol.asyncDispose]: server.close };
}

function pack(release: Release, name: string): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'npm-server-'));
  writeRelease(release, join(folder, 'package/dist'));
  writeFileSync(
    join(folder, 'package/package.json'),
    JSON.stringify({ name, version: release.version, scripts: { install: 'touch "$HOME/installed"' } }),
  );
  execFileSync('tar', ['-czf', 'release.tgz', 'package'], { cwd: folder });
  const tarball = readFileSync(join(folder, 'release.tgz'));
  rmSync(folder, { recursive: true });
  return tarball;
}
