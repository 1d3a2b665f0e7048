// https://docs.gitlab.com/api/project_level_variables/ and /group_level_variables/
import { Failure } from '../core/failure.ts';
import type { Fault } from '../core/fault.ts';
import type { Entry, Found, Store } from './store.ts';
import { type ApiAccess, call, field } from './store-api.ts';
import { storedSize, storedText } from './stored-text.ts';

export interface GitlabPlace {
  readonly path: string;
  readonly kind: 'projects' | 'groups';
  /** Environment scope; `*` for all. */
  readonly scope: string;
  /** Whether only protected branches and tags get it; null keeps what is there (false for a new one). */
  readonly isProtected: boolean | null;
  /** Whether manifests and keys go into variables of type File, which GitLab cannot mask. */
  readonly files: boolean;
}

/** Environment variables of a Linux process hold 128 KiB; GitLab's own limits for its runners are 120 KiB and 1 MiB. */
const largest = { variable: 120 * 1024, file: 1024 * 1024 };

/** CI/CD variables of GitLab: masked and hidden, since what nobody sees nobody copies. */
export function gitlabStore(place: GitlabPlace, access: ApiAccess): Store {
  const root = `/${place.kind}/${encodeURIComponent(place.path)}/variables`;
  const filter = `?filter[environment_scope]=${encodeURIComponent(place.scope)}`;
  return {
    label: `the CI/CD variables of ${new URL(access.api).host}/${place.path}${place.scope === '*' ? '' : ` (${place.scope})`}`,
    formOf: (value, holds) => formOf(value.reveal(), holds, place),
    refusal,
    find: async (name) => {
      const { status, body } = await call(access, {
        method: 'GET',
        path: `${root}/${encodeURIComponent(name)}${filter}`,
      });
      return status === 404 ? null : found(body);
    },
    put: async (entry, before) => {
      const create = {
        key: entry.name,
        environment_scope: place.scope,
        ...(entry.form !== 'file' && { masked: true, masked_and_hidden: true }),
      };
      const common = {
        value: storedText(entry),
        variable_type: entry.form === 'file' ? 'file' : 'env_var',
        raw: true,
      };
      const guard = place.isProtected === null ? {} : { protected: place.isProtected };
      const mask = before === null || entry.form === 'file' ? {} : { masked: true };
      const { status } = await call(access, {
        ...(before === null
          ? { method: 'POST', path: root }
          : { method: 'PUT', path: `${root}/${entry.name}${filter}` }),
        body: { ...common, ...guard, ...(before === null ? create : mask) },
      });
      if (status === 404) throw unknownPlace(place, access);
    },
  };
}

/** Masked variables are one line without spaces: what is not becomes base64, which manifests and keys may be. */
function formOf(text: string, holds: 'manifest' | 'line' | 'key', { files }: GitlabPlace): Entry['form'] {
  if (holds === 'line') return 'text';
  if (files && holds === 'manifest') return 'file';
  return maskable.test(text) ? 'text' : 'base64';
}

/** https://docs.gitlab.com/ci/variables/#mask-a-cicd-variable */
const maskable = /^[A-Za-z0-9+/=@:.~_-]{8,}$/;

function refusal(entry: Entry): Fault | null {
  if (!/^[A-Za-z0-9_]{1,255}$/.test(entry.name)) return badName;
  if (storedSize(entry) > largest[entry.form === 'file' ? 'file' : 'variable']) return tooLarge;
  return entry.form === 'file' || maskable.test(storedText(entry)) ? null : notMaskable;
}

function found(body: unknown): Found {
  const value = field(body, 'value');
  const hidden = field(body, 'hidden') === true || typeof value !== 'string';
  return {
    id: '',
    version: null,
    holds: (entry) => (hidden ? null : value === storedText(entry)),
    terms: {},
    advice: hidden || field(body, 'variable_type') === 'file' ? null : readable,
  };
}

const readable =
  'It is masked in logs, but maintainers can read it: GitLab hides a variable only when it is made. Delete it there and upload again to have it hidden.';

function unknownPlace({ path, kind }: GitlabPlace, access: ApiAccess): Failure {
  const what = kind === 'projects' ? 'project' : 'group';
  return new Failure(
    'refused',
    `${new URL(access.api).host} knows no ${what} ${path}, or the token in ${access.tokenName} may not write its variables.`,
    {
      hint: 'Check the address. The token needs the scope `api`, and its user the role Maintainer (group: Owner).',
    },
  );
}

const badName: Fault = {
  code: 'variable-name',
  message: 'is no name for a variable of GitLab',
  hint: 'Use letters, digits and _.',
};
const tooLarge: Fault = {
  code: 'variable-size',
  message: 'is larger than what a job of GitLab can be given in a variable',
  hint: 'Upload it with `--type file`, or split the manifest.',
};
const notMaskable: Fault = {
  code: 'variable-maskable',
  message: 'has characters with which GitLab cannot mask it',
  hint: 'Put it into the manifest itself, or give it by a variable of type File: { file: { env: NAME } }.',
};
