import type { Authorization } from '../authorization.ts';
import { looksLikeJwt, verifyAppJwt } from './app-jwt.ts';
import { type App, clock, type MintedToken, type Repository, type State, type StaticToken } from './state.ts';

/** Who is asking. `refused` carries GitHub's answer. */
export type Caller =
  | { readonly kind: 'anonymous' }
  | { readonly kind: 'token'; readonly token: StaticToken }
  | { readonly kind: 'installation'; readonly minted: MintedToken }
  | { readonly kind: 'app'; readonly app: App }
  | { readonly kind: 'refused'; readonly status: 400 | 401 | 403 | 404; readonly message: string };

/** How much of a repository a caller may use: `known` is seeing that it exists. */
export type Level = 'none' | 'known' | 'read' | 'write';

const refused = (status: 400 | 401 | 403 | 404, message: string): Caller => ({
  kind: 'refused',
  status,
  message,
});

export function callerOf(state: State, authorization: Authorization): Caller {
  if (authorization.kind === 'none') return { kind: 'anonymous' };
  if (authorization.kind === 'several') return refused(400, 'Bad Request');
  if (authorization.kind === 'malformed') return refused(401, 'Bad credentials');
  const { kind, secret } = authorization;
  if (kind === 'bearer' && looksLikeJwt(secret)) {
    const verified = verifyAppJwt(state, secret);
    return 'app' in verified
      ? { kind: 'app', app: verified.app }
      : refused(verified.status, verified.message);
  }
  const username = kind === 'basic' ? authorization.username : null;
  return staticCaller(state, secret, username) ?? installationCaller(state, secret);
}

function staticCaller(state: State, secret: string, username: string | null): Caller | null {
  const token = state.tokens.get(secret);
  if (token === undefined) return null;
  const expired = token.expires !== null && token.expires.getTime() <= clock(state);
  const stranger = username !== null && token.username !== null && token.username !== username;
  return expired || stranger ? refused(401, 'Bad credentials') : { kind: 'token', token };
}

function installationCaller(state: State, secret: string): Caller {
  const minted = state.minted.get(secret);
  const now = clock(state);
  if (minted === undefined || minted.revoked || minted.expiresAt <= now)
    return refused(401, 'Bad credentials');
  if (now - minted.createdAt < state.replicationMs) return refused(401, 'Bad credentials');
  if (minted.installation.suspended) return refused(403, 'This installation has been suspended');
  return { kind: 'installation', minted };
}

/** What a caller may do with a repository; anybody may read a public one. */
export function levelOf(caller: Caller, repository: Repository): Level {
  const own = ownLevel(caller, repository);
  return repository.private || own === 'write' ? own : 'read';
}

function ownLevel(caller: Caller, repository: Repository): Level {
  if (caller.kind === 'token') {
    const { reaches, access } = caller.token;
    if (!pathAndParents(repository.fullName.toLowerCase()).some((path) => reaches.has(path))) return 'none';
    return access === 'none' ? 'known' : access;
  }
  if (caller.kind !== 'installation') return 'none';
  const { installation, repositories, permissions } = caller.minted;
  const within =
    repositories?.includes(repository) ??
    (repository.owner === installation.account &&
      (installation.repositories?.has(repository.name.toLowerCase()) ?? true));
  return within ? (permissions.contents ?? 'known') : 'none';
}

/** `a/b/c` as `a/b/c`, `a/b` and `a`. */
function pathAndParents(path: string): string[] {
  const parent = path.slice(0, Math.max(0, path.lastIndexOf('/')));
  return parent === '' ? [path] : [path, ...pathAndParents(parent)];
}
