import type { IncomingMessage } from 'node:http';
import { type Listening, listen } from '../../src/demo/server.ts';
import type { Release } from './release.ts';

/** A GitLab server that knows one project, readable with one job token. */
export interface GitlabServer extends Listening, AsyncDisposable {
  readonly variables: Readonly<Record<string, string>>;
  readonly requests: { readonly url: string; readonly token: string | undefined }[];
}

export interface GitlabServerOptions {
  readonly release: Release;
  readonly project?: string;
  readonly ref?: string;
  /** Changes an answer on its way. */
  readonly bend?: (name: string, content: Buffer) => Buffer;
  /** Sends every request elsewhere. */
  readonly redirectTo?: string;
}

export const jobToken = 'canary-job-token';

/** Answers the files API: https://docs.gitlab.com/api/repository_files/ */
export async function startGitlabServer(options: GitlabServerOptions): Promise<GitlabServer> {
  const {
    release,
    project = 'your-org/pipeline-credentials',
    ref = 'v0.1.0',
    bend = (_, content) => content,
  } = options;
  const prefix = `/api/v4/projects/${encodeURIComponent(project)}/repository/files/`;
  const requests: { url: string; token: string | undefined }[] = [];
  const server = await listen({}, async (request, response) => {
    const { url = '' } = request;
    requests.push({ url, token: header(request, 'job-token') });
    if (options.redirectTo !== undefined) {
      response.writeHead(302, { location: options.redirectTo + url }).end();
      return;
    }
    const [, path = ''] = new RegExp(`^${prefix}([^/]+)/raw\\?ref=${ref}$`).exec(url) ?? [];
    const name = decodeURIComponent(path).replace(/^dist\//, '');
    const content = header(request, 'job-token') === jobToken ? release.files.get(name) : undefined;
    response.writeHead(content === undefined ? 404 : 200).end(content && bend(name, content));
  });
  const variables = {
    CI_API_V4_URL: `${server.url}/api/v4`,
    CI_SERVER_URL: server.url,
    CI_JOB_TOKEN: jobToken,
  };
  return { ...server, variables, requests, [Symbol.asyncDispose]: server.close };
}

function header(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
}
