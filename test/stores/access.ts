import { prose } from '../../src/core/prose.ts';
import { Secret } from '../../src/core/secret.ts';
import type { Entry } from '../../src/stores/store.ts';
import type { ApiAccess } from '../../src/stores/store-api.ts';
import { createHttp } from '../../src/system/http.ts';

export const storeToken = 'canary-store-token';

/** Access to a server of a test, without waiting between tries. */
export function accessTo(api: string, header: 'authorization' | 'private-token', value: string): ApiAccess {
  return {
    fetch: createHttp({ env: {} }).fetch,
    waiting: { sleep: async () => {}, random: () => 0.5 },
    api,
    tokenName: 'STORE_TOKEN',
    quote: (text) => prose(text, [storeToken, 'canary-value']),
    signIn: { header, value: new Secret(value) },
  };
}

export function entry(text: string, form: Entry['form'] = 'text', name = 'LAB_TOKEN'): Entry {
  return { name, value: new Secret(text), form };
}
