import { expect, test } from 'vitest';
import { allInstallations } from '../../../src/providers/github-app/all-installations.ts';
import type { AppClient } from '../../../src/providers/github-app/client.ts';

function clientWith(lastPage: number): { client: AppClient; asked: number[] } {
  const asked: number[] = [];
  const installations: AppClient['installations'] = async (page) => {
    asked.push(page);
    return { list: [{ id: page, account: { login: `owner-${page}` } }], lastPage };
  };
  return { client: { installations } as AppClient, asked };
}

test('every page is read', async () => {
  const { client, asked } = clientWith(3);
  expect((await allInstallations(client)).map(({ account }) => account)).toEqual([
    'owner-1',
    'owner-2',
    'owner-3',
  ]);
  expect(asked).toEqual([1, 2, 3]);
});

test.each([1e9, Number.POSITIVE_INFINITY])(
  'a host that speaks of %d pages is asked for a hundred',
  async (lastPage) => {
    const { client, asked } = clientWith(lastPage);
    await allInstallations(client);
    expect(asked).toHaveLength(100);
  },
);
