import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Answer, send } from '../answer.ts';
import { authorization } from '../authorization.ts';
import { type Caller, callerOf, levelOf } from './caller.ts';
import { runGitBackend } from './git-backend.ts';
import { findRepository, type Repository, type State } from './state.ts';

const challenge: Answer = {
  status: 401,
  headers: { 'www-authenticate': 'Basic realm="GitHub"' },
  body: 'Invalid username or token. Password authentication is not supported for Git operations.\n',
};
/** The owner may be several segments, as the groups of other hosts are. */
const repositoryPath = /^\/(.+)\/([^/]+)(\/info\/refs|\/git-upload-pack|\/git-receive-pack)$/;

/** Answers a clone, fetch or push as GitHub does; false when the path is none of a repository. */
export async function answerGit(
  state: State,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<boolean> {
  const url = new URL(request.url ?? '/', 'http://forge');
  const [, owner = '', name = '', service = ''] = repositoryPath.exec(url.pathname) ?? [];
  if (service === '') return false;
  const push = service === '/git-receive-pack' || url.searchParams.get('service') === 'git-receive-pack';
  const admitted = admitToRepository(state, request, { owner, name, need: push ? 'write' : 'read' });
  if ('refusal' in admitted) {
    send(response, admitted.refusal);
    return true;
  }
  const { repository, caller } = admitted;
  const query = url.search.slice(1);
  await runGitBackend({ repository, service, query, user: nameOf(caller) }, request, response);
  return true;
}

export interface Wanted {
  readonly owner: string;
  readonly name: string;
  readonly need: 'read' | 'write';
}

/** Lets a request through to a repository, or says how GitHub's git server would refuse it. */
export function admitToRepository(
  state: State,
  request: IncomingMessage,
  { owner, name, need }: Wanted,
): { readonly repository: Repository; readonly caller: Caller } | { readonly refusal: Answer } {
  const caller = callerOf(state, authorization(request));
  if (caller.kind === 'refused' && caller.status !== 401) {
    return { refusal: { status: caller.status, body: `${caller.message}\n` } };
  }
  if (caller.kind === 'refused' || caller.kind === 'app') return { refusal: challenge };
  const repository = findRepository(state, owner, name);
  const level = repository === undefined ? 'none' : levelOf(caller, repository);
  if (repository !== undefined && (level === need || level === 'write')) return { repository, caller };
  if (caller.kind === 'anonymous') return { refusal: challenge };
  if (level === 'none') return { refusal: { status: 404, body: 'Repository not found.\n' } };
  return { refusal: { status: 403, body: 'Write access to repository not granted.\n' } };
}

function nameOf(caller: Caller): string {
  if (caller.kind === 'token') return caller.token.user;
  return caller.kind === 'installation' ? `${caller.minted.installation.app.slug}[bot]` : 'anonymous';
}
