import { addAccount, type State, type StaticToken } from './state.ts';

export interface TokenSeed {
  readonly token: string;
  /** `octocat` by default. */
  readonly user?: string;
  /** The user name that git must give; any by default. */
  readonly username?: string;
  /** `acme/rnaseq` */
  readonly repositories?: readonly string[];
  /** All repositories of these. */
  readonly owners?: readonly string[];
  /** `write` by default; `none` is a living token without the right to contents. */
  readonly access?: StaticToken['access'];
  /** Makes it a classic token. */
  readonly scopes?: readonly string[];
  readonly expires?: Date;
}

export function addToken(state: State, seed: TokenSeed): StaticToken {
  const token: StaticToken = {
    token: seed.token,
    user: addAccount(state, seed.user ?? 'octocat', 'User').login,
    username: seed.username ?? null,
    reaches: new Set(
      [...(seed.repositories ?? []), ...(seed.owners ?? [])].map((name) => name.toLowerCase()),
    ),
    access: seed.access ?? 'write',
    scopes: seed.scopes ?? null,
    expires: seed.expires ?? null,
  };
  state.tokens.set(token.token, token);
  return token;
}
