import type { Fetch } from '../../core/http/fetch.ts';
import type { Secret } from '../../core/secret.ts';
import { apiHeaders } from './api.ts';

export interface Revocable {
  /** Base URL of the API that minted the token, without a trailing slash. */
  readonly api: string;
  readonly token: Secret;
  /** A token of the last seconds may not be known everywhere yet. */
  readonly mintedAt?: Date;
}

export interface Revoking {
  readonly fetch: Fetch;
  readonly now: () => Date;
  readonly sleep: (ms: number) => Promise<void>;
  /** Milliseconds after which a host is no longer waited for; 8 seconds when not given. */
  readonly patience?: number;
}

/** How long a new token may be refused while GitHub replicates it, in milliseconds. */
const replication = 5000;

/**
 * Revokes installation tokens, all at once; gives those back that may still be alive. Never throws. A refused token
 * is a dead one, unless it is so young that it may not have arrived everywhere: then once more, a moment later.
 * https://docs.github.com/rest/apps/installations#revoke-an-installation-access-token
 */
export async function revokeTokens(
  tokens: readonly Revocable[],
  revoking: Revoking,
): Promise<readonly Revocable[]> {
  const signal = AbortSignal.timeout(revoking.patience ?? 8000);
  const outcomes = await Promise.all(
    tokens.map((token) => revokeOne(token, { ...revoking, signal }).catch(() => false)),
  );
  return tokens.filter((_token, index) => outcomes[index] === false);
}

async function revokeOne(
  revocable: Revocable,
  { fetch, now, sleep, signal }: Revoking & { readonly signal: AbortSignal },
): Promise<boolean> {
  const isYoung = () => now().getTime() - (revocable.mintedAt?.getTime() ?? 0) < replication;
  for (;;) {
    const { status } = await fetch(`${revocable.api}/installation/token`, {
      method: 'DELETE',
      signal,
      headers: { ...apiHeaders, authorization: `Bearer ${revocable.token.reveal()}` },
    });
    if (status === 204) return true;
    if (status !== 401) return false;
    if (!isYoung()) return true;
    await sleep(1000);
  }
}
