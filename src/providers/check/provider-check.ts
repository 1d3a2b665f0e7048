import type { HostAnswer } from '../../core/check/answer.ts';
import type { ScopeTable } from '../../core/check/scopes.ts';
import type { Fetch } from '../../core/http/fetch.ts';
import type { Credential, ProviderName, ResolvedSignIn } from '../../core/manifest/manifest.ts';
import type { RepositoryTarget } from '../../core/target/target.ts';
import type { GitSignIn } from './authorization.ts';

/** What a host is asked about one credential. */
export interface Question extends GitSignIn {
  readonly credential: Credential;
  readonly signIn: ResolvedSignIn;
  /** The repositories that it serves. */
  readonly repositories: readonly RepositoryTarget[];
  readonly fetch: Fetch;
  readonly now: () => Date;
  /** A host's own time, as far as it is known. */
  readonly hostNow: (host: string) => Date;
  /** A host's words, fit to print: without the credential's secrets. */
  readonly quote: (text: string) => string;
}

/** How one kind of host is asked about a credential, and what its refusals mean. */
export interface ProviderCheck {
  readonly provider: ProviderName;
  /** The cheapest call that proves it. Answers every refusal as a value; unknown is unknown. */
  readonly ask: (question: Question) => Promise<HostAnswer>;
  /** What the scopes mean that `ask` told; null where there are none. */
  readonly scopeTable: (scopes: readonly string[]) => ScopeTable | null;
  /** Where a person makes a new one or widens this one; empty when it is not known. */
  readonly page: (credential: Credential, signIn: ResolvedSignIn) => string;
  /** Whether repositories are asked for as `NAME.git`; `as-given` leaves it to the target. */
  readonly gitSuffix: '.git' | '' | 'as-given';
  /** What this host means by a refusal of git's, where it differs from others; null for the usual meaning. */
  readonly refusal?: (refusal: GitRefusal) => Refused | null;
}

/** How git was refused at a repository. */
export interface GitRefusal {
  readonly status: number;
  /** Raw. */
  readonly text: string;
  readonly header: (name: string) => string | null;
  /** Null: nobody signed in. */
  readonly credential: string | null;
  /** Why nobody did, a part of a sentence. */
  readonly whyNobody: string;
  /** Whether the credential is known to live: then a 401 speaks of the repository. */
  readonly isAlive: boolean;
  readonly access: 'read' | 'write';
  readonly quote: (text: string) => string;
  /** Milliseconds that the host's clock is ahead. */
  readonly ahead: number;
}

/** What a refusal says of the target. `message` has no capital and no full stop, `hint` is sentences. */
export interface Refused {
  readonly status: 'denied' | 'not-found' | 'unreachable' | 'unknown';
  readonly message: string;
  readonly hint: string;
}
