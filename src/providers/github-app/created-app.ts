// https://docs.github.com/rest/apps/apps#create-a-github-app-from-a-manifest

import { Failure } from '../../core/failure.ts';
import type { Fetch } from '../../core/http/fetch.ts';
import { objectOf } from '../../core/json.ts';
import { prose } from '../../core/prose.ts';
import { Secret } from '../../core/secret.ts';
import { apiHeaders } from './api.ts';
import { notTheApi } from './installation.ts';

/** An App that GitHub has just made; its secrets are told this once. */
export interface CreatedApp {
  readonly id: number;
  readonly clientId: string;
  readonly slug: string;
  /** Fit to print. */
  readonly name: string;
  /** Login of the organisation or user. */
  readonly owner: string;
  /** The App's page. */
  readonly page: string;
  readonly privateKey: Secret;
  readonly clientSecret: Secret | null;
  readonly webhookSecret: Secret | null;
}

/**
 * Fetches the keys of a new App for the code that GitHub gave to the browser: good for an hour, and for once.
 * @throws Failure `refused` for a code that GitHub does not accept, `unreachable` for no answer or another's.
 */
export async function fetchCreatedApp(
  code: string,
  { api, fetch }: { api: string; fetch: Fetch },
): Promise<CreatedApp> {
  const answer = await fetch(`${api}/app-manifests/${encodeURIComponent(code)}/conversions`, {
    method: 'POST',
    headers: apiHeaders,
  });
  if (answer.status === 201) return readCreatedApp(await answer.json(), api);
  const { host } = new URL(api);
  if (answer.status >= 500) {
    throw new Failure('unreachable', `${host} answered ${answer.status} when asked for the App's keys.`, {
      hint: 'Try again.',
    });
  }
  throw new Failure('refused', `${host} does not give the App's keys for this code (${answer.status}).`, {
    hint: "A code works once and for an hour. Delete the App on its owner's settings page, and create it again.",
  });
}

/** What a host answered, checked: only what has the form of an App and of keys goes on. */
function readCreatedApp(answer: unknown, api: string): CreatedApp {
  const { id, client_id, slug, name, owner, html_url, pem, client_secret, webhook_secret } = objectOf(answer);
  const { login } = objectOf(owner);
  const texts = [client_id, slug, name, login, html_url, pem];
  const whole = texts.every((text) => typeof text === 'string' && text !== '') && Number.isSafeInteger(id);
  const plain =
    /^[\w.-]+$/.test(String(client_id)) && /^[\w-]+$/.test(String(slug)) && /^[\w-]+$/.test(String(login));
  if (!whole || !plain || !isOfHost(String(html_url), api)) throw notTheApi(api);
  return {
    id: id as number,
    clientId: client_id as string,
    slug: slug as string,
    name: prose(name as string, []),
    owner: login as string,
    page: new URL(html_url as string).href,
    privateKey: new Secret(pem as string),
    clientSecret: secretOf(client_secret),
    webhookSecret: secretOf(webhook_secret),
  };
}

function secretOf(value: unknown): Secret | null {
  return typeof value === 'string' && value.length >= 8 ? new Secret(value) : null;
}

/** The page is shown as a link: it must be of the host that was asked. */
function isOfHost(page: string, api: string): boolean {
  if (!URL.canParse(page)) return false;
  const [shown, asked] = [new URL(page), new URL(api)];
  return shown.protocol === asked.protocol && [shown.host, `api.${shown.host}`].includes(asked.host);
}
