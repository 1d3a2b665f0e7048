import type { Answer } from '../answer.ts';
import { type ApiRequest, error, page, type Route } from './api-request.ts';
import { installation, installationToken, integration } from './app-shape.ts';
import { mint } from './mint.ts';
import { type App, findRepository, type Installation } from './state.ts';

/** What a GitHub App does with its JSON Web Token. */
export const appRoutes: readonly Route[] = [
  { method: 'GET', path: '/app', answer: (asked) => asApp(asked, showApp) },
  { method: 'GET', path: '/app/installations', answer: (asked) => asApp(asked, listInstallations) },
  { method: 'GET', path: '/app/installations/:id', answer: (asked) => asApp(asked, byId) },
  {
    method: 'POST',
    path: '/app/installations/:id/access_tokens',
    answer: (asked) => asApp(asked, mintToken),
  },
  { method: 'GET', path: '/users/:login/installation', answer: (asked) => asApp(asked, ofAccount) },
  { method: 'GET', path: '/orgs/:login/installation', answer: (asked) => asApp(asked, ofOrganization) },
  { method: 'GET', path: '/repos/:owner/:name/installation', answer: (asked) => asApp(asked, ofRepository) },
];

const notFound = error(404, 'Not Found');

function asApp(asked: ApiRequest, answer: (asked: ApiRequest, app: App) => Answer): Answer {
  if (asked.caller.kind !== 'app') return error(401, 'A JSON web token could not be decoded');
  return answer(asked, asked.caller.app);
}

function installationsOf({ state }: ApiRequest, app: App): Installation[] {
  return state.installations.filter((one) => one.app === app);
}

function show({ origin }: ApiRequest, found: Installation | undefined): Answer {
  return found === undefined ? notFound : { status: 200, body: installation(origin, found) };
}

function showApp(asked: ApiRequest, app: App): Answer {
  return { status: 200, body: integration(asked.origin, app, installationsOf(asked, app).length) };
}

function listInstallations(asked: ApiRequest, app: App): Answer {
  const { items, headers } = page(asked, installationsOf(asked, app));
  return { status: 200, headers, body: items.map((one) => installation(asked.origin, one)) };
}

function byId(asked: ApiRequest, app: App): Answer {
  return show(
    asked,
    installationsOf(asked, app).find(({ id }) => String(id) === asked.params[0]),
  );
}

function ofAccount(asked: ApiRequest, app: App): Answer {
  const login = asked.params[0]?.toLowerCase();
  return show(
    asked,
    installationsOf(asked, app).find(({ account }) => account.login.toLowerCase() === login),
  );
}

function ofOrganization(asked: ApiRequest, app: App): Answer {
  const account = asked.state.accounts.get(asked.params[0]?.toLowerCase() ?? '');
  return account?.type === 'Organization' ? ofAccount(asked, app) : notFound;
}

function ofRepository(asked: ApiRequest, app: App): Answer {
  const [owner = '', name = ''] = asked.params;
  const repository = findRepository(asked.state, owner, name);
  return show(
    asked,
    installationsOf(asked, app).find(
      ({ account, repositories }) =>
        repository?.owner === account && (repositories?.has(name.toLowerCase()) ?? true),
    ),
  );
}

function mintToken(asked: ApiRequest, app: App): Answer {
  const found = installationsOf(asked, app).find(({ id }) => String(id) === asked.params[0]);
  if (found === undefined) return notFound;
  const minted = mint(asked.state, found, asked.body);
  if ('status' in minted) return error(minted.status, minted.message);
  return { status: 201, body: installationToken(asked.origin, minted) };
}
