import { judge } from '../../core/check/judge.ts';
import type { CredentialResult, TargetResult } from '../../core/check/result.ts';
import { providerCheck } from '../../providers/check/index.ts';
import { type Asked, type Asking, isServer } from './ask.ts';

/** What a credential comes to, once its host and its targets have answered. */
export function judged(
  asked: Asked,
  { selected, targets, request }: Asking & { readonly targets: readonly TargetResult[] },
): CredentialResult {
  const usedBy = (name: string) => targets.filter((target) => target.credential === name);
  if (!isServer(asked)) return { ...asked, usedBy: usedBy(asked.name).map(({ target }) => target) };
  const { ready, answer, now } = asked;
  const { credential } = ready;
  const listed = selected.selections.some(({ target }) => target.kind === 'repository');
  const check = credential.provider === 'registry' ? null : providerCheck(credential.provider);
  // An App's permissions are no scopes: it was asked what they lack.
  const hasScopes = answer.scopes !== null && ready.signIn.kind !== 'app';
  return judge({
    credential,
    answer,
    targets: usedBy(credential.name),
    serves: listed || check === null ? 'targets' : 'all',
    scopes: hasScopes ? (check?.scopeTable(answer.scopes) ?? null) : null,
    page: check?.page(credential, ready.signIn) ?? '',
    now,
    warnWithin: request.warnWithin,
  });
}
