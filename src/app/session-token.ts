import { join } from 'node:path';
import type { Env } from '../core/env.ts';
import { parseObject } from '../core/json.ts';
import type { Login } from '../core/login.ts';
import { containersLogin, gitLoginFiles, parseCredentialFile } from '../core/session/session-login.ts';
import type { Target } from '../core/target/target.ts';
import { earlierSession } from '../system/earlier-session.ts';
import { sessionAt, type UserId } from '../system/find-sessions.ts';
import { readTextFile } from '../system/text-file.ts';

/** What this job's living session signs in with at a target; null when there is none, or it serves nobody there. */
export function sessionToken(target: Target, env: Env, user: UserId): Login | null {
  const session = sessionAt(env.PIPELINE_CREDENTIALS_SESSION ?? '', user);
  if (session === null) return null;
  return target.kind === 'repository'
    ? gitLogin(session.path, target, user)
    : registryLogin(session.path, target);
}

function gitLogin(
  folder: string,
  { location }: Extract<Target, { kind: 'repository' }>,
  user: UserId,
): Login | null {
  const files = gitLoginFiles(earlierSession(folder, user)?.git ?? [], location) ?? [];
  const text = files.map(readTextFile).find((found) => found !== null) ?? null;
  return text === null ? null : parseCredentialFile(text);
}

function registryLogin(folder: string, target: Extract<Target, { kind: 'registry' }>): Login | null {
  const config = parseObject(readTextFile(join(folder, containersFile)) ?? '');
  return config === null ? null : containersLogin(config, target);
}

const containersFile = 'containers/auth.json';
