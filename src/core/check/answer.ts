/**
 * Whether a host takes a credential. `ended` is the host's own word that it expired. Reasons are a part of a sentence
 * without capital and full stop, hints are sentences.
 */
export type Life =
  | { readonly alive: 'yes' }
  | { readonly alive: 'no'; readonly ended: boolean; readonly why: string; readonly hint: string }
  | { readonly alive: 'unknown' | 'unreachable'; readonly why: string; readonly hint: string };

/** What a host says of a credential: three questions, three answers, each of which may be "not told". */
export interface HostAnswer {
  readonly life: Life;
  readonly expiresAt: Date | 'never' | null;
  readonly scopes: readonly string[] | null;
  /** What the host itself said is lacking for what the credential is declared to be for. */
  readonly missing: readonly string[];
  readonly identity: string | null;
}

const nothing = { expiresAt: null, scopes: null, missing: [], identity: null };

/** The host takes it; what else it told comes on top. */
export function alive(told: Partial<Omit<HostAnswer, 'life'>> = {}): HostAnswer {
  return { ...nothing, ...told, life: { alive: 'yes' } };
}

/** The host does not accept it. */
export function dead(why: string, hint: string, ended = false): HostAnswer {
  return { ...nothing, life: { alive: 'no', ended, why, hint } };
}

/** Nothing was found out. */
export function unknown(why: string, hint: string): HostAnswer {
  return { ...nothing, life: { alive: 'unknown', why, hint } };
}

/** The host did not answer. */
export function unreached(why: string, hint: string): HostAnswer {
  return { ...nothing, life: { alive: 'unreachable', why, hint } };
}
