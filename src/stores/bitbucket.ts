// https://developer.atlassian.com/cloud/bitbucket/rest/api-group-pipelines/
import { Failure } from '../core/failure.ts';
import type { Fault } from '../core/fault.ts';
import { prose } from '../core/prose.ts';
import type { Entry, Found, Store } from './store.ts';
import { type ApiAccess, call, field } from './store-api.ts';
import { storedSize, storedText } from './stored-text.ts';

export interface BitbucketPlace {
  readonly workspace: string;
  /** Null for the variables of the workspace. */
  readonly repository: string | null;
  /** Name of a deployment environment; null for the repository's own variables. */
  readonly deployment: string | null;
}

/** All variables of a pipeline together hold 120,000 characters. */
const largest = 100_000;

/** Secured variables of Bitbucket Pipelines. They hold one line, so manifests and keys go in as base64. */
export function bitbucketStore(place: BitbucketPlace, access: ApiAccess): Store {
  return {
    label: labelOf(place),
    formOf: (value) => (/[\r\n]/.test(value.reveal()) ? 'base64' : 'text'),
    refusal,
    find: async (name) => {
      const root = await rootOf(place, access);
      const variable = await first(access, root, place, (one) => field(one, 'key') === name);
      return variable === null ? null : found(variable);
    },
    put: async (entry, before) => {
      const root = await rootOf(place, access);
      const { status } = await call(access, {
        ...(before === null
          ? { method: 'POST', path: root }
          : { method: 'PUT', path: `${root}/${encodeURIComponent(before.id)}` }),
        body: { key: entry.name, value: storedText(entry), secured: true },
      });
      if (status === 404) throw unknownPlace(place, access);
    },
  };
}

function labelOf({ workspace, repository, deployment }: BitbucketPlace): string {
  const path = repository === null ? workspace : `${workspace}/${repository}`;
  return `the variables of bitbucket.org/${path}${deployment === null ? '' : `, deployment ${deployment}`}`;
}

async function rootOf(place: BitbucketPlace, access: ApiAccess): Promise<string> {
  const { workspace, repository, deployment } = place;
  if (repository === null) return `/workspaces/${encodeURIComponent(workspace)}/pipelines-config/variables`;
  const path = `/repositories/${encodeURIComponent(workspace)}/${encodeURIComponent(repository)}`;
  if (deployment === null) return `${path}/pipelines_config/variables`;
  const named = (one: unknown) => String(field(one, 'name')).toLowerCase() === deployment.toLowerCase();
  const environment = await first(access, `${path}/environments`, place, named);
  if (environment === null) throw unknownDeployment(deployment);
  return `${path}/deployments_config/environments/${encodeURIComponent(String(field(environment, 'uuid')))}/variables`;
}

/** The first of a paged list that fits. */
async function first(
  access: ApiAccess,
  path: string,
  place: BitbucketPlace,
  fits: (one: unknown) => boolean,
): Promise<unknown> {
  for (let page = 1; page <= 50; page += 1) {
    const { status, body } = await call(access, { method: 'GET', path: `${path}?pagelen=100&page=${page}` });
    if (status === 404) throw unknownPlace(place, access);
    const values = field(body, 'values');
    const match = Array.isArray(values) ? values.find(fits) : undefined;
    if (match !== undefined) return match;
    if (field(body, 'next') === undefined) return null;
  }
  return null;
}

function found(variable: unknown): Found {
  const value = field(variable, 'value');
  const open = field(variable, 'secured') !== true;
  return {
    id: String(field(variable, 'uuid')),
    version: null,
    holds: (entry) => (typeof value === 'string' ? value === storedText(entry) : null),
    terms: {},
    advice: open
      ? 'It was not secured before: whoever could read the settings has seen the old value.'
      : null,
  };
}

function refusal(entry: Entry): Fault | null {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(entry.name)) return badName;
  return storedSize(entry) > largest ? tooLarge : null;
}

function unknownPlace({ repository }: BitbucketPlace, { tokenName }: ApiAccess): Failure {
  const what = repository === null ? 'workspace' : 'repository';
  return new Failure(
    'refused',
    `Bitbucket knows no such ${what}, or the token in ${tokenName} may not see its variables.`,
    {
      hint: 'Check the address, and that Pipelines are on. The token needs the scope pipeline:variable (API tokens: write:pipeline:bitbucket and admin:pipeline:bitbucket).',
    },
  );
}

function unknownDeployment(name: string): Failure {
  return new Failure('refused', `The repository has no deployment environment ${prose(name, [])}.`, {
    hint: 'Make it under Repository settings, Deployments, or write its name as it stands there.',
  });
}

const badName: Fault = {
  code: 'variable-name',
  message: 'is no name for a variable of Bitbucket',
  hint: 'Use letters, digits and _, not a digit first.',
};
const tooLarge: Fault = {
  code: 'variable-size',
  message: 'is larger than what Bitbucket gives to a pipeline: 120,000 characters for all variables together',
  hint: 'Split the manifest, or keep it where the job can fetch it.',
};
