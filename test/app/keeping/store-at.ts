import type { StoreRequest } from '../../../src/app/keeping/store-request.ts';

/** A place for secrets; the token to write there is in STORE_TOKEN. */
export function storeAt(more: Partial<StoreRequest> & { readonly to: string }): StoreRequest {
  return {
    provider: null,
    environment: null,
    tokenName: 'STORE_TOKEN',
    apiUrl: null,
    isProtected: null,
    files: false,
    visibility: 'private',
    ...more,
  };
}
