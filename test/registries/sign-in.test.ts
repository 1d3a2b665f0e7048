import { expect, test } from 'vitest';
import { Secret } from '../../src/core/secret.ts';
import { signInToRegistries } from '../../src/registries/sign-in.ts';

const registries = [{ host: 'harbor.example.com:8443', segments: ['lab'] }];
const surroundings = {
  now: () => new Date(),
  fetch: async () => {
    throw new Error('nobody is asked');
  },
};

test.each(['robot$lab+ci', 'acme+robot', '$oauthtoken', '$app', 'AWS', 'name with spaces'])(
  'a user name and a password are taken as they are: %s',
  async (username) => {
    const password = new Secret('canary-$PASSWORD');
    const signIn = { kind: 'password', username, password } as const;
    expect(await signInToRegistries({ credential: 'lab', signIn, registries }, surroundings)).toEqual([
      { registries, login: { username, password }, expiresAt: null },
    ]);
  },
);

test.each([undefined, '', 'a:b'])(
  'a password without a usable user name is refused: %s',
  async (username) => {
    const signIn = { kind: 'password', username, password: new Secret('canary-password') } as const;
    await expect(
      signInToRegistries({ credential: 'lab', signIn, registries }, surroundings),
    ).rejects.toMatchObject({ code: 'refused', hint: expect.stringContaining('`username`') });
  },
);

test('what has nothing for registries gives none', async () => {
  const signIn = { kind: 'ssh-key', key: new Secret('canary-key') } as const;
  expect(await signInToRegistries({ credential: 'key', signIn, registries }, surroundings)).toBe(null);
});
