import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

/** Who may read what: path prefixes of repositories by `user:password`. */
export type Accounts = Readonly<Record<string, readonly string[]>>;

/** Real git over http on loopback: 401 without a login, 404 for a login that may not see the repository. */
export interface GitServer extends AsyncDisposable {
  /** `http://127.0.0.1:41234` */
  readonly url: string;
  /** `GET /acme/a/info/refs login` of every request, in order. */
  readonly requests: readonly string[];
}

export async function startGitServer(root: string, accounts: Accounts): Promise<GitServer> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    const login = loginOf(request);
    const path = (request.url ?? '').split('?')[0] ?? '';
    requests.push(`${request.method} ${path} ${login ?? '-'}`);
    const readable = login === null ? undefined : accounts[login];
    if (readable === undefined) {
      response.writeHead(401, { 'www-authenticate': 'Basic realm="git"' }).end();
    } else if (!readable.some((prefix) => path.replace('.git/', '/').startsWith(`${prefix}/`)))
      response.writeHead(404).end();
    else runBackend({ root, request, response, login: login ?? '' });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A bare repository with one commit on `main`; found with and without `.git`. */
export function makeRepository(root: string, path: string): void {
  const folder = join(root, `${path}.git`);
  mkdirSync(folder, { recursive: true });
  const git = (...words: string[]) =>
    execFileSync('git', words, {
      cwd: folder,
      encoding: 'utf8',
      env: { PATH: process.env.PATH, HOME: root, GIT_CONFIG_NOSYSTEM: '1' },
    }).trim();
  git('init', '-q', '--bare', '-b', 'main');
  git('config', 'http.receivepack', 'true');
  const tree = git('write-tree');
  const identity = ['-c', 'user.name=test', '-c', 'user.email=test@example.com'];
  git('update-ref', 'refs/heads/main', git(...identity, 'commit-tree', tree, '-m', `first of ${path}`));
}

function loginOf(request: IncomingMessage): string | null {
  const [, encoded] = /^Basic (.+)$/.exec(request.headers.authorization ?? '') ?? [];
  return encoded === undefined ? null : Buffer.from(encoded, 'base64').toString();
}

interface Exchange {
  readonly root: string;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly login: string;
}

function runBackend({ root, request, response, login }: Exchange): void {
  const [path = '', query = ''] = (request.url ?? '').split('?');
  const withGit = path.replace('.git/', '/').replace(/\/(?:info\/refs|git-[a-z-]+)$/, '.git$&');
  const child = spawn('git', ['http-backend'], {
    env: {
      PATH: process.env.PATH,
      GIT_PROJECT_ROOT: root,
      GIT_HTTP_EXPORT_ALL: '1',
      PATH_INFO: withGit,
      QUERY_STRING: query,
      REQUEST_METHOD: request.method,
      REMOTE_USER: login.split(':')[0],
      CONTENT_TYPE: request.headers['content-type'] ?? '',
      ...(request.headers['content-encoding'] && {
        HTTP_CONTENT_ENCODING: request.headers['content-encoding'],
      }),
      ...(request.headers['git-protocol'] && { GIT_PROTOCOL: String(request.headers['git-protocol']) }),
    },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  request.pipe(child.stdin);
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  child.on('close', () => answer(Buffer.concat(chunks), response));
}

function answer(output: Buffer, response: ServerResponse): void {
  const end = output.indexOf('\r\n\r\n');
  const lines = output.subarray(0, end).toString().split('\r\n');
  let status = 200;
  for (const line of lines) {
    const [name = '', value = ''] = line.split(/: (.*)/);
    if (name === 'Status') status = Number.parseInt(value, 10);
    else response.setHeader(name, value);
  }
  response.writeHead(status).end(output.subarray(end + 4));
}
