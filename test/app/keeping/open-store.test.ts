import { expect, test } from 'vitest';
import { openStore } from '../../../src/app/keeping/open-store.ts';
import { startFakeBitbucket } from '../../fakes/bitbucket.ts';
import { keepingContext } from './context.ts';
import { makeFolder } from './folder.ts';
import { storeAt } from './store-at.ts';

test("rule 27: a store's words do not show the header that it sends back", async () => {
  using folder = makeFolder();
  await using bitbucket = await startFakeBitbucket({ headers: [], places: [] });
  const [token, email] = ['canary-store-token', 'ada@example.com'];
  const context = keepingContext({
    cwd: folder.path,
    env: { STORE_TOKEN: token, BITBUCKET_EMAIL: email },
  });
  const basic = btoa(`${email}:${token}`);
  bitbucket.traffic.fail('GET ', {
    status: 403,
    body: { error: { message: `You sent ${basic}, ${token}` } },
  });
  const request = storeAt({ to: 'https://bitbucket.org/acme/pipeline', apiUrl: bitbucket.apiUrl });
  const store = await openStore(request, [], context);
  await expect(store.find('T')).rejects.toMatchObject({
    message: expect.stringContaining('answered 403 (You sent ***, ***)'),
  });
});
