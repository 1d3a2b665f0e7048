import type { Answer } from '../../src/demo/answer.ts';

/** What a fake GitLab knows. */
export interface World {
  readonly variables: Map<string, Variable>;
  readonly tokens: FakeToken[];
  readonly add: (token: Partial<FakeToken> & { readonly token: string }) => FakeToken;
  readonly now: () => Date;
  readonly hides: boolean;
}

export interface Variable {
  readonly key: string;
  value: string;
  variable_type: string;
  protected: boolean;
  masked: boolean;
  hidden: boolean;
  raw: boolean;
  readonly environment_scope: string;
  readonly description: string | null;
}

export interface FakeToken {
  readonly id: number;
  readonly token: string;
  readonly name: string;
  readonly userId: number;
  readonly username: string;
  readonly scopes: readonly string[];
  /** `2027-01-31`; ends as that day begins. */
  readonly expires_at: string | null;
  /** Tokens of one chain of rotations: using a rotated one to rotate again kills them all. */
  readonly family: number;
  revoked: boolean;
  /** Paths whose variables and tokens it may manage. */
  readonly manages: readonly string[];
}

export interface Request {
  readonly method: string;
  readonly url: URL;
  readonly body: Readonly<Record<string, unknown>>;
  readonly caller: FakeToken;
}

export const refused = (status: number, message: string): Answer => ({ status, body: { message } });

export function insufficient(scope: string): Answer {
  return {
    status: 403,
    body: {
      error: 'insufficient_scope',
      error_description: 'The request requires higher privileges than provided by the access token.',
      scope,
    },
  };
}
