import type { components } from '@octokit/openapi-types';
import type { Answer } from '../answer.ts';
import { type ApiRequest, error, type Route } from './api-request.ts';
import { integration } from './app-shape.ts';
import { clock } from './state.ts';

const hour = 3_600_000;

/** https://docs.github.com/rest/apps/apps#create-a-github-app-from-a-manifest */
export const manifestRoutes: readonly Route[] = [
  { method: 'POST', path: '/app-manifests/:code/conversions', answer: convert },
];

type Converted = NonNullable<components['schemas']['integration']> & {
  readonly client_id: string;
  readonly client_secret: string;
  readonly webhook_secret: string | null;
  readonly pem: string;
};

/** A code works once; whoever has it gets the App's keys. */
function convert({ state, origin, params }: ApiRequest): Answer {
  const [code = ''] = params;
  const found = state.appCodes.get(code);
  state.appCodes.delete(code);
  if (found === undefined || clock(state) - found.createdAt > hour) return error(404, 'Not Found');
  const { app } = found;
  const body: Converted = {
    ...integration(origin, app, 0),
    client_id: app.clientId,
    client_secret: app.clientSecret ?? '',
    webhook_secret: app.webhookSecret ?? null,
    pem: app.privateKey,
  };
  return { status: 201, body };
}
