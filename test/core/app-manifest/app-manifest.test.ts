import { expect, test } from 'vitest';
import { appManifest, nameOfApp, newAppUrl } from '../../../src/core/app-manifest/app-manifest.ts';

test.each([
  ['acme_pipelines', 'acme pipelines'],
  ['acme-app', 'acme-app'],
  ['a_name_that_is_far_longer_than_what_GitHub_takes', 'a name that is far longer than wha'],
  ['a_name_of_thirty_three_characters__x', 'a name of thirty three characters'],
])('%s becomes %s', (credential, name) => {
  expect(nameOfApp(credential)).toBe(name);
  expect(name.length).toBeLessThanOrEqual(34);
});

const app = {
  credential: 'acme',
  homepage: 'https://github.com/acme',
  redirectUrl: 'http://127.0.0.1:1/x/created',
  permissions: {},
  webhook: null,
};

test('asks for the least, and says nothing of webhooks where there is none', () => {
  expect(appManifest(app)).toEqual({
    name: 'acme',
    url: 'https://github.com/acme',
    redirect_url: 'http://127.0.0.1:1/x/created',
    description: expect.any(String),
    public: false,
    default_permissions: { contents: 'read', metadata: 'read' },
  });
  expect(
    appManifest({ ...app, webhook: 'https://h.example.com', permissions: { contents: 'write' } }),
  ).toMatchObject({
    hook_attributes: { url: 'https://h.example.com', active: true },
    default_permissions: { contents: 'write', metadata: 'read' },
  });
});

test('goes to the settings of an organisation, or of who is signed in', () => {
  expect(newAppUrl('https://github.com', 'acme', 'S')).toBe(
    'https://github.com/organizations/acme/settings/apps/new?state=S',
  );
  expect(newAppUrl('https://ghes.example.com', null, 'a b')).toBe(
    'https://ghes.example.com/settings/apps/new?state=a%20b',
  );
});
