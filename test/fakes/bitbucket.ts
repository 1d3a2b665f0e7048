import type { IncomingMessage } from 'node:http';
import { type Answer, jsonObject, readBody, send } from '../../src/demo/answer.ts';
import { listen } from '../../src/demo/server.ts';
import { type Traffic, watchTraffic } from '../../src/demo/traffic.ts';

/**
 * A fake of Bitbucket Cloud's API, as far as its documentation tells it: variables of Pipelines, for repositories,
 * deployments and workspaces. https://developer.atlassian.com/cloud/bitbucket/rest/api-group-pipelines/
 */
export interface FakeBitbucket extends AsyncDisposable {
  readonly apiUrl: string;
  readonly traffic: Traffic;
  /** By path and key: `repositories/acme/pipeline/pipelines_config/variables LAB_TOKEN`. */
  readonly variables: Map<string, FakeVariable>;
}

export interface FakeVariable {
  readonly uuid: string;
  readonly key: string;
  value: string;
  secured: boolean;
}

export interface FakeBitbucketOptions {
  /** The `Authorization` headers it takes. */
  readonly headers: readonly string[];
  /** `acme/pipeline`, and workspaces. */
  readonly places: readonly string[];
  /** Names of deployment environments of every repository. */
  readonly deployments?: readonly string[];
  /** Items on one page of a list. */
  readonly pageSize?: number;
}

export async function startFakeBitbucket(options: FakeBitbucketOptions): Promise<FakeBitbucket> {
  const traffic = watchTraffic();
  const variables = new Map<string, FakeVariable>();
  const server = await listen({}, async (request, response) => {
    if ((await traffic.admit(request, response)) !== null) {
      send(response, await answer(request, { options, variables, url: server.url }));
    }
  });
  return { apiUrl: `${server.url}/2.0`, traffic, variables, [Symbol.asyncDispose]: server.close };
}

interface World {
  readonly options: FakeBitbucketOptions;
  readonly variables: Map<string, FakeVariable>;
  readonly url: string;
}

const refused = (status: number, message: string): Answer => ({
  status,
  body: { type: 'error', error: { message } },
});

const lists = [
  /^repositories\/([^/]+\/[^/]+)\/pipelines_config\/variables/,
  /^repositories\/([^/]+\/[^/]+)\/deployments_config\/environments\/[^/]+\/variables/,
  /^workspaces\/([^/]+)\/pipelines-config\/variables/,
];

async function answer(request: IncomingMessage, world: World): Promise<Answer> {
  const url = new URL(request.url ?? '/', 'http://bitbucket');
  if (!world.options.headers.includes(request.headers.authorization ?? '')) {
    return refused(401, 'Token is invalid, expired, or not supported for this endpoint.');
  }
  const path = decodeURIComponent(url.pathname.replace(/^\/2\.0\//, ''));
  const environments = /^repositories\/([^/]+\/[^/]+)\/environments$/.exec(path);
  if (environments && world.options.places.includes(environments[1] ?? ''))
    return listDeployments(url, world);
  const match = lists.map((list) => list.exec(path)).find((found) => found !== null);
  if (match === undefined || !world.options.places.includes(match[1] ?? '')) return refused(404, 'Not found');
  const body = jsonObject(await readBody(request)) ?? {};
  return variable(
    { root: match[0], id: path.slice(match[0].length + 1), method: request.method ?? '', url },
    body,
    world,
  );
}

function listDeployments(url: URL, world: World): Answer {
  const all = (world.options.deployments ?? []).map((name) => ({
    type: 'deployment_environment',
    name,
    uuid: `{env-${name}}`,
  }));
  return page(all, url, world);
}

interface Asked {
  readonly root: string;
  readonly id: string;
  readonly method: string;
  readonly url: URL;
}

function variable(
  { root, id, method, url }: Asked,
  body: Readonly<Record<string, unknown>>,
  world: World,
): Answer {
  const { variables } = world;
  const own = [...variables].filter(([name]) => name.startsWith(`${root} `)).map(([, one]) => one);
  if (method === 'GET') return page(own.map(visible), url, world);
  if (method === 'POST') {
    const key = String(body.key);
    if (variables.has(`${root} ${key}`)) return refused(409, `variable with key ${key} already exists`);
    const made = {
      uuid: `{${variables.size}-${key}}`,
      key,
      value: String(body.value),
      secured: body.secured === true,
    };
    variables.set(`${root} ${key}`, made);
    return { status: 201, body: visible(made) };
  }
  const found = own.find(({ uuid }) => uuid === id);
  if (found === undefined) return refused(404, 'Not found');
  Object.assign(found, { value: String(body.value), secured: body.secured === true });
  return { status: 200, body: visible(found) };
}

/** The value of a secured variable is never told. */
function visible({ value, ...one }: FakeVariable) {
  return { type: 'pipeline_variable', ...one, ...(one.secured ? {} : { value }) };
}

function page(all: readonly object[], url: URL, { options, url: origin }: World): Answer {
  const size = Math.min(options.pageSize ?? 100, Number(url.searchParams.get('pagelen') ?? 10));
  const number = Number(url.searchParams.get('page') ?? 1);
  const values = all.slice((number - 1) * size, number * size);
  const next = number * size < all.length ? { next: `${origin}${url.pathname}?page=${number + 1}` } : {};
  return { status: 200, body: { page: number, pagelen: size, size: all.length, values, ...next } };
}
