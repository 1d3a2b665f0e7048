import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Answer, send } from './answer.ts';
import { authorization } from './authorization.ts';
import {
  type Access,
  type AccessControl,
  judgeLogin,
  judgeToken,
  type RegistryUser,
} from './registry/access.ts';
import { accessFor, answerDistribution, readDistributionRequest, refusal } from './registry/distribution.ts';
import { emptyStore, type ImageStore, putTinyImage } from './registry/image-store.ts';
import { answerTokenRequest } from './registry/token-service.ts';
import { type ListenOptions, listen } from './server.ts';
import { type Traffic, watchTraffic } from './traffic.ts';

export interface RegistryOptions extends ListenOptions {
  /** How it asks who you are: by a token service, the default, or by Basic. */
  readonly auth?: 'token' | 'basic';
  /** Where its token service is said to be; its own `/token` by default. */
  readonly realm?: string;
  readonly users?: readonly RegistryUser[];
  /** Namespaces that anybody may pull from. */
  readonly public?: readonly string[];
  /** Tiny images it holds; `team/app:1` by default. */
  readonly images?: readonly string[];
  readonly latencyMs?: number;
}

/** A container registry in memory: pull, push, tags, and sign-in by token or Basic. */
export interface Registry extends AsyncDisposable {
  /** `http://127.0.0.1:41234`, no trailing slash. */
  readonly url: string;
  /** `127.0.0.1:41234`, as image references start. */
  readonly host: string;
  /** The request log, the latency, and faults to be injected. */
  readonly traffic: Traffic;
  readonly store: ImageStore;
  readonly addUser: (user: RegistryUser) => void;
  /** Puts a tiny image at `team/app:1`; tells its digest. */
  readonly addImage: (image: string) => string;
  readonly close: () => Promise<void>;
}

interface Parts {
  readonly auth: 'token' | 'basic';
  readonly realm: string | null;
  readonly control: AccessControl;
  readonly store: ImageStore;
  readonly traffic: Traffic;
}

/** Starts a registry on loopback, with what it is seeded with. */
export async function startRegistry(options: RegistryOptions = {}): Promise<Registry> {
  const { users = [], public: open = [], images = ['team/app:1'] } = options;
  const parts: Parts = {
    auth: options.auth ?? 'token',
    realm: options.realm ?? null,
    control: { users: [...users], public: open, tokens: new Map(), refreshTokens: new Map() },
    store: emptyStore(),
    traffic: watchTraffic(options.latencyMs),
  };
  for (const image of images) putTinyImage(parts.store, image);
  const { url, host, close } = await listen(options, (request, response) => answer(parts, request, response));
  return {
    url,
    host,
    traffic: parts.traffic,
    store: parts.store,
    addUser: (user) => void parts.control.users.push(user),
    addImage: (image) => putTinyImage(parts.store, image).digest,
    close,
    [Symbol.asyncDispose]: close,
  };
}

async function answer(parts: Parts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if ((await parts.traffic.admit(request, response)) === null) return;
  response.setHeader('docker-distribution-api-version', 'registry/2.0');
  const path = new URL(request.url ?? '/', 'http://registry').pathname;
  if (path === '/token') return send(response, await answerTokenRequest(parts.control, request));
  const asked = readDistributionRequest(request);
  if (asked === null && path !== '/v2/') return send(response, refusal(404, 'NOT_FOUND', 'not found'));
  const wanted = asked === null ? null : accessFor(asked);
  const refused = refuse(parts, request, wanted);
  if (refused !== null) return send(response, refused);
  if (asked === null) return send(response, { status: 200, body: {} });
  send(response, await answerDistribution(parts.store, asked, request));
}

/** The 401 with its challenge, or 403 where the sign-in is good but does not reach; null lets through. */
function refuse(
  { auth, realm, control }: Parts,
  request: IncomingMessage,
  wanted: Access | null,
): Answer | null {
  const signIn = authorization(request);
  const verdict = (auth === 'token' ? judgeToken : judgeLogin)(control, signIn, wanted);
  if (verdict === 'granted') return null;
  if (auth === 'basic') {
    if (verdict === 'insufficient')
      return refusal(403, 'DENIED', 'requested access to the resource is denied');
    return unauthorized('Basic realm="Demo Registry"');
  }
  const scope = wanted === null ? '' : `,scope="repository:${wanted.name}:${wanted.actions.join(',')}"`;
  const error = verdict === 'insufficient' ? ',error="insufficient_scope"' : '';
  const service = `${'encrypted' in request.socket ? 'https' : 'http'}://${request.headers.host}/token`;
  return unauthorized(`Bearer realm="${realm ?? service}",service="demo-registry"${scope}${error}`);
}

function unauthorized(challenge: string): Answer {
  return {
    ...refusal(401, 'UNAUTHORIZED', 'authentication required'),
    headers: { 'www-authenticate': challenge },
  };
}
