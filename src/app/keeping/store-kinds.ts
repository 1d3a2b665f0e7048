import { Failure } from '../../core/failure.ts';
import type { Location } from '../../core/location.ts';
import { rootOfApi } from '../../providers/ordinary-host.ts';
import { bitbucketStore } from '../../stores/bitbucket.ts';
import { githubStore } from '../../stores/github.ts';
import { gitlabStore } from '../../stores/gitlab.ts';
import type { Store } from '../../stores/store.ts';
import { type ApiAccess, call } from '../../stores/store-api.ts';
import type { StoreKind, StoreRequest } from './store-request.ts';

type Open = (place: Location, request: StoreRequest, access: ApiAccess) => Store | Promise<Store>;

/** How an address becomes a store, by the kind of its host. */
export const storeOf: Readonly<Record<StoreKind, Open>> = {
  github: openGithub,
  gitlab: openGitlab,
  bitbucket: openBitbucket,
};

function openGithub({ segments }: Location, request: StoreRequest, access: ApiAccess): Store {
  const [owner = '', repository = null, ...more] = segments;
  if (more.length > 0) throw tooDeep('OWNER/REPOSITORY, or OWNER for the secrets of an organisation');
  if (repository === null) refuseEnvironment(request, 'an organisation');
  const { environment, visibility } = request;
  return githubStore({ owner, repository, environment, visibility }, access);
}

/** Projects and groups have addresses of one form: the host tells which it is. */
async function openGitlab({ segments }: Location, request: StoreRequest, access: ApiAccess): Promise<Store> {
  const path = segments.slice(rootOfApi(access.api, '/api/v4').length).join('/');
  const { status } = await call(access, { method: 'GET', path: `/projects/${encodeURIComponent(path)}` });
  const kind = status === 404 ? 'groups' : 'projects';
  const { environment, isProtected, files } = request;
  return gitlabStore({ path, kind, scope: environment ?? '*', isProtected, files }, access);
}

function openBitbucket({ segments }: Location, request: StoreRequest, access: ApiAccess): Store {
  const [workspace = '', repository = null, ...more] = segments;
  if (more.length > 0) throw tooDeep('WORKSPACE/REPOSITORY, or WORKSPACE');
  if (repository === null) refuseEnvironment(request, 'a workspace');
  return bitbucketStore({ workspace, repository, deployment: request.environment }, access);
}

function refuseEnvironment({ environment }: StoreRequest, what: string): void {
  if (environment === null) return;
  throw new Failure('usage', `--environment: ${what} has none.`, {
    hint: 'Name a repository with --to, or leave it out.',
  });
}

function tooDeep(form: string): Failure {
  return new Failure('usage', '--to has too many parts.', { hint: `Write https://HOST/${form}.` });
}
