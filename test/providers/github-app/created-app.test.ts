import { expect, test } from 'vitest';
import type { Fetch } from '../../../src/core/http/fetch.ts';
import { fetchCreatedApp } from '../../../src/providers/github-app/created-app.ts';

const app = {
  id: 7,
  client_id: 'Iv23liEXAMPLE',
  slug: 'acme-pipelines',
  name: 'acme pipelines',
  owner: { login: 'acme' },
  html_url: 'https://ghe.example.com/github-apps/acme-pipelines',
  pem: 'canary-key',
};

const created = (change: object) => {
  const fetch: Fetch = async () => Response.json({ ...app, ...change }, { status: 201 });
  return fetchCreatedApp('code', { api: 'https://ghe.example.com/api/v3', fetch });
};

test("rule 27: an App's name and page are one line that no terminal and no CI obeys", async () => {
  const evil = '\u001b]0;x\u0007acme\n::error::x \u202e';
  const { name, page } = await created({ name: evil, html_url: `${app.html_url}/${evil}` });
  expect(name).toBe('acme : :error: :x');
  expect(page).toMatch(/^https:\/\/ghe\.example\.com\/github-apps\/acme-pipelines\/[!-~]+$/);
});

test.each([
  ['another host', { html_url: 'https://evil.example.com/apps/x' }],
  ['another scheme', { html_url: 'javascript:alert(1)//ghe.example.com' }],
  ['an owner that is a path', { owner: { login: '../evil' } }],
  ['a slug that is a path', { slug: '../evil' }],
  ['a client id with a line break', { client_id: 'a\nb' }],
])('an answer with %s is not taken', async (_what, change) => {
  await expect(created(change)).rejects.toMatchObject({ code: 'unreachable' });
});
