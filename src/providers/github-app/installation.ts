import type { components } from '@octokit/openapi-types';
import type { Permissions } from '../../core/app-tokens/permissions.ts';
import { Failure } from '../../core/failure.ts';
import { objectOf } from '../../core/json.ts';

type Answer = Partial<components['schemas']['installation']>;

/** What we need to know of an App's place at one owner. */
export interface Installation {
  readonly id: number;
  /** Login of the organisation or user; empty for an enterprise. */
  readonly account: string;
  readonly isUser: boolean;
  readonly suspended: boolean;
  readonly permissions: Permissions;
  readonly appSlug: string | null;
}

/**
 * Reads an installation from what a host answered.
 * @throws Failure `unreachable` when it is none: a login page, a proxy's word.
 */
export function readInstallation(answer: unknown, api: string): Installation {
  const { id, account, suspended_at, permissions, app_slug } = objectOf(answer) as Answer;
  if (!Number.isSafeInteger(id)) throw notTheApi(api);
  const { login, type } = objectOf(account);
  return {
    id: id as number,
    account: typeof login === 'string' ? login : '',
    isUser: type === 'User',
    suspended: typeof suspended_at === 'string',
    permissions: objectOf(permissions) as Permissions,
    appSlug: typeof app_slug === 'string' && /^[\w-]+$/.test(app_slug) ? app_slug : null,
  };
}

/** What answers like this is no GitHub. */
export function notTheApi(api: string): Failure {
  return new Failure('unreachable', `${api} does not answer as GitHub's API does.`, {
    hint: 'Check `url` and `api-url` of the credential; a proxy or a login page may stand in between.',
  });
}
