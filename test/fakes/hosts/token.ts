/** A token as a fake host knows it. */
export interface FakeToken {
  readonly secret: string;
  /** `personal` is the default; what others there are is the host's. */
  readonly kind?: string;
  readonly scopes?: readonly string[];
  /** Paths of repositories, or what stands before them. */
  readonly reaches?: readonly string[];
  /** `write` by default. */
  readonly access?: 'none' | 'read' | 'write';
  readonly expires?: string;
  readonly state?: 'expired' | 'revoked';
}

export function reaches({ reaches: prefixes = [''] }: FakeToken, path: string): boolean {
  return prefixes.some((prefix) => prefix === '' || path === prefix || path.startsWith(`${prefix}/`));
}
