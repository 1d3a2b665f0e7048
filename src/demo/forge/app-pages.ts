import type { IncomingMessage } from 'node:http';
import { type Answer, readBody } from '../answer.ts';
import { appFromManifest, type ManifestOfApp, readManifestOfApp } from './app-from-manifest.ts';
import { addInstallation } from './seed-app.ts';
import { type App, addAccount, type State } from './state.ts';

interface Asked {
  readonly state: State;
  readonly origin: string;
  readonly url: URL;
  /** The fields of a form. */
  readonly form: URLSearchParams;
  readonly params: readonly string[];
}

interface Page {
  readonly method: 'GET' | 'POST';
  readonly path: RegExp;
  readonly answer: (asked: Asked) => Answer | Promise<Answer>;
}

/** The pages that a person sees while an App is made and installed. https://docs.github.com/apps/sharing-github-apps */
const pages: readonly Page[] = [
  { method: 'POST', path: /^\/organizations\/([^/]+)\/settings\/apps\/new$/, answer: confirm },
  { method: 'POST', path: /^\/settings\/apps\/new$/, answer: confirm },
  { method: 'POST', path: /^\/settings\/apps\/create$/, answer: create },
  { method: 'GET', path: /^\/github-apps\/([^/]+)\/installations\/new$/, answer: offerInstallation },
  { method: 'POST', path: /^\/github-apps\/([^/]+)\/installations\/new$/, answer: install },
];

/** Null when the path is none of these. */
export async function answerAppPage(
  state: State,
  origin: string,
  request: IncomingMessage,
): Promise<Answer | null> {
  const url = new URL(request.url ?? '/', origin);
  for (const { method, path, answer } of pages) {
    const match = path.exec(url.pathname);
    if (match === null || request.method !== method) continue;
    const form = new URLSearchParams(method === 'POST' ? (await readBody(request)).toString() : '');
    return await answer({ state, origin, url, form, params: match.slice(1).map(decodeURIComponent) });
  }
  return null;
}

/** GitHub shows the name for a last change, and a button. */
function confirm({ state, url, form, params }: Asked): Answer {
  const manifest = readManifestOfApp(form.get('manifest') ?? '');
  if (typeof manifest === 'string')
    return page('Invalid GitHub App configuration', `<p>${escaped(manifest)}</p>`, 422);
  const owner = params[0] ?? ownUser(state);
  return page(
    `Create GitHub App for ${owner}`,
    `<form method="post" action="/settings/apps/create">
<label>GitHub App name <input name="name" value="${escaped(manifest.name)}"></label>
${hidden('manifest', form.get('manifest') ?? '')}${hidden('state', url.searchParams.get('state') ?? '')}${hidden('owner', owner)}
<button type="submit">Create GitHub App for ${escaped(owner)}</button></form>`,
  );
}

async function create({ state, form }: Asked): Promise<Answer> {
  const manifest = readManifestOfApp(form.get('manifest') ?? '') as ManifestOfApp;
  const made = await appFromManifest(
    state,
    { ...manifest, name: form.get('name') ?? '' },
    form.get('owner') ?? '',
  );
  if (typeof made === 'string') return page('Create GitHub App', `<p>${escaped(made)}</p>`, 422);
  const back = new URL(manifest.redirectUrl);
  back.searchParams.set('code', made.code);
  back.searchParams.set('state', form.get('state') ?? '');
  return { status: 302, headers: { location: back.href } };
}

function offerInstallation({ state, params }: Asked): Answer {
  const app = appOf(state, params);
  if (app === undefined) return { status: 404, body: 'Not Found\n' };
  return page(
    `Install ${app.name ?? app.slug}`,
    `<form method="post"><button type="submit">Install on ${escaped(app.owner.login)}</button></form>`,
  );
}

function install({ state, params }: Asked): Answer {
  const app = appOf(state, params);
  if (app === undefined) return { status: 404, body: 'Not Found\n' };
  addInstallation(state, app, { account: app.owner.login });
  return page(
    'Installed',
    `<p>${escaped(app.name ?? app.slug)} is installed on ${escaped(app.owner.login)}.</p>`,
  );
}

function appOf(state: State, [slug]: readonly string[]): App | undefined {
  return state.apps.find((app) => app.slug === slug);
}

/** Who is signed in to the pages. */
function ownUser(state: State): string {
  const user = [...state.accounts.values()].find(({ type }) => type === 'User');
  return (user ?? addAccount(state, 'octocat', 'User')).login;
}

function page(title: string, body: string, status = 200): Answer {
  const html = `<!doctype html><html lang="en"><meta charset="utf-8"><title>${escaped(title)}</title><h1>${escaped(title)}</h1>${body}</html>`;
  return { status, headers: { 'content-type': 'text/html; charset=utf-8' }, body: html };
}

function hidden(name: string, value: string): string {
  return `<input type="hidden" name="${name}" value="${escaped(value)}">`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
