import type { IncomingMessage } from 'node:http';
import { type Answer, jsonObject, readBody, send } from '../../src/demo/answer.ts';
import { listen } from '../../src/demo/server.ts';
import { type Traffic, watchTraffic } from '../../src/demo/traffic.ts';
import { deadline, own, reuse, rotateOwn, tokensOf } from './gitlab-tokens.ts';
import { variable } from './gitlab-variables.ts';
import {
  type FakeToken,
  insufficient,
  type Request,
  refused,
  type Variable,
  type World,
} from './gitlab-world.ts';

/**
 * A fake of GitLab's API, as far as its documentation tells it: CI/CD variables of projects and groups, and tokens that
 * tell of themselves and rotate. https://docs.gitlab.com/api/personal_access_tokens/
 */
export interface FakeGitlab extends AsyncDisposable {
  readonly url: string;
  readonly apiUrl: string;
  readonly host: string;
  readonly traffic: Traffic;
  readonly variables: Map<string, Variable>;
  readonly tokens: FakeToken[];
  readonly addToken: (token: Partial<FakeToken> & { readonly token: string }) => FakeToken;
  /** The variable of a project or group: `acme/pipeline` and `LAB_TOKEN`. */
  readonly variable: (path: string, key: string, scope?: string) => Variable | undefined;
}

export interface FakeGitlabOptions {
  readonly now?: () => Date;
  /** Before 17.6 a variable could not be hidden. */
  readonly hides?: boolean;
}

export async function startFakeGitlab(options: FakeGitlabOptions = {}): Promise<FakeGitlab> {
  const { now = () => new Date(), hides = true } = options;
  const traffic = watchTraffic();
  const variables = new Map<string, Variable>();
  const tokens: FakeToken[] = [];
  const add = (seed: Partial<FakeToken> & { readonly token: string }): FakeToken => {
    const id = 100 + tokens.length;
    const rest = { name: 'lab', userId: 7, username: 'ada', scopes: ['api'], expires_at: '2027-01-31' };
    const made = { id, ...rest, family: id, revoked: false, manages: [], ...seed };
    tokens.push(made);
    return made;
  };
  const world: World = { variables, tokens, add, now, hides };
  const server = await listen({}, async (request, response) => {
    const logged = await traffic.admit(request, response);
    if (logged === null) return;
    const body = jsonObject(await readBody(request)) ?? {};
    logged.body = body;
    send(response, answer(request, body, world));
  });
  return {
    url: server.url,
    host: server.host,
    apiUrl: `${server.url}/api/v4`,
    traffic,
    variables,
    tokens,
    addToken: add,
    variable: (path, key, scope = '*') => variables.get(`${path} ${key} ${scope}`),
    [Symbol.asyncDispose]: server.close,
  };
}

function answer(request: IncomingMessage, body: Request['body'], world: World): Answer {
  const url = new URL(request.url ?? '/', 'http://gitlab');
  const bearer = /^Bearer (.*)$/.exec(request.headers.authorization ?? '')?.[1];
  const secret = request.headers['private-token'] ?? bearer;
  const caller = world.tokens.find(({ token }) => token === secret);
  if (caller === undefined) return refused(401, '401 Unauthorized');
  const asked = { method: request.method ?? '', url, body, caller };
  const path = url.pathname.replace(/^\/api\/v4/, '');
  if (caller.revoked && path === '/personal_access_tokens/self/rotate') return reuse(caller, world);
  const dead = deadline(caller, world);
  if (dead !== null) return dead;
  return route(path, asked, world);
}

function route(path: string, asked: Request, world: World): Answer {
  if (path === '/user') return userOf(asked);
  if (path === '/personal_access_tokens/self') return own(asked);
  if (path === '/personal_access_tokens/self/rotate') return rotateOwn(asked, world);
  const user = /^\/users\/(\d+)$/.exec(path);
  if (user) return showUser(Number(user[1]), world);
  const variables = /^\/(projects|groups)\/([^/]+)\/variables(?:\/([^/]+))?$/.exec(path);
  if (variables) {
    const [, , place = '', key] = variables.map((part) => part && decodeURIComponent(part));
    return variable({ place, key: key ?? null }, asked, world);
  }
  const project = /^\/projects\/([^/]+)$/.exec(path);
  if (project) return showProject(decodeURIComponent(project[1] ?? ''), asked);
  const list =
    /^\/(?:(projects|groups)\/([^/]+)\/access_tokens|personal_access_tokens)(?:\/(\d+)(\/rotate)?)?$/.exec(
      path,
    );
  if (!list) return refused(404, '404 Not Found');
  return tokensOf(
    {
      place: list[2] === undefined ? null : numberOf(decodeURIComponent(list[2])),
      id: list[3] === undefined ? null : Number(list[3]),
      rotate: list[4] !== undefined,
    },
    asked,
    world,
  );
}

function userOf({ caller }: Request): Answer {
  if (!caller.scopes.some((scope) => ['api', 'read_api', 'read_user'].includes(scope)))
    return insufficient('read_user');
  return {
    status: 200,
    body: { id: caller.userId, username: caller.username, bot: /_bot_/.test(caller.username) },
  };
}

function showUser(id: number, { tokens }: World): Answer {
  const found = tokens.find(({ userId }) => userId === id);
  return found === undefined
    ? refused(404, '404 User Not Found')
    : { status: 200, body: { id, username: found.username } };
}

/** A path without a slash is a group. */
function showProject(path: string, { caller }: Request): Answer {
  const seen = path.includes('/') && caller.manages.includes(path);
  return seen
    ? { status: 200, body: { id: 1, path_with_namespace: path } }
    : refused(404, '404 Project Not Found');
}

/** Places may be named by number or by path; only one path has a number here. */
function numberOf(place: string): string {
  return place === 'acme/pipeline' ? '7' : place;
}
