import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { spawnGit } from '../git.ts';
import type { Repository } from './state.ts';

export interface GitRequest {
  readonly repository: Repository;
  /** `/info/refs`, `/git-upload-pack` or `/git-receive-pack`. */
  readonly service: string;
  readonly query: string;
  /** Who pushes; git asks for a name. */
  readonly user: string;
}

/** Answers one request of git's smart HTTP protocol by `git http-backend` (CGI, RFC 3875). */
export function runGitBackend(
  asked: GitRequest,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const child = spawnGit(['http-backend'], { cwd: asked.repository.folder, env: cgi(asked, request) });
  child.stderr.resume();
  request.pipe(child.stdin.on('error', () => undefined));
  response.once('close', () => child.kill());
  return relay(child, response);
}

function cgi(
  { repository, service, query, user }: GitRequest,
  request: IncomingMessage,
): Record<string, string> {
  const header = (name: string): string => request.headersDistinct[name]?.[0] ?? '';
  return {
    GIT_PROJECT_ROOT: repository.folder,
    GIT_HTTP_EXPORT_ALL: '1',
    PATH_INFO: service,
    QUERY_STRING: query,
    REQUEST_METHOD: request.method ?? '',
    CONTENT_TYPE: header('content-type'),
    CONTENT_LENGTH: header('content-length'),
    HTTP_CONTENT_ENCODING: header('content-encoding'),
    GIT_PROTOCOL: header('git-protocol'),
    HTTP_GIT_PROTOCOL: header('git-protocol'),
    REMOTE_USER: user,
    REMOTE_ADDR: '127.0.0.1',
  };
}

/** Passes on what a CGI program says: header lines, an empty line, the body. */
async function relay(child: ChildProcessWithoutNullStreams, response: ServerResponse): Promise<void> {
  let head: Buffer | null = Buffer.alloc(0);
  child.stdout.on('data', (chunk: Buffer) => {
    if (head === null) return void response.write(chunk);
    head = Buffer.concat([head, chunk]);
    const end = head.indexOf('\r\n\r\n');
    if (end < 0) return;
    writeHead(head.subarray(0, end).toString(), response);
    response.write(head.subarray(end + 4));
    head = null;
  });
  await new Promise<void>((resolve, reject) => {
    child.once('error', reject).once('close', () => resolve());
  });
  if (head !== null) response.statusCode = 500;
  response.end();
}

function writeHead(head: string, response: ServerResponse): void {
  for (const line of head.split('\r\n')) {
    const [, name = '', value = ''] = /^([^:]+): *(.*)$/.exec(line) ?? [];
    if (name.toLowerCase() === 'status') response.statusCode = Number.parseInt(value, 10);
    else if (name !== '') response.setHeader(name, value);
  }
}
