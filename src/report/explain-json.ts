import type { Explanation, Refusal } from '../core/selection/selection.ts';
import { printableAddress } from '../core/target/printable-address.ts';
import { targetText } from '../core/target/target-text.ts';

/** What `explain --json` prints (design section 6); stable, fields may be added. */
export function explainJson(explained: readonly (Explanation | Refusal)[]) {
  return { version: 1, targets: explained.map(entry) };
}

function entry(explained: Explanation | Refusal) {
  if ('request' in explained) {
    const { kind, given } = explained.request;
    const text = printableAddress(given);
    const { problem } = explained;
    return {
      target: text,
      given: text,
      kind,
      provider: null,
      selected: null,
      candidates: [],
      omitted: 0,
      problem,
    };
  }
  const { target, credential, reason, candidates, omitted, problem } = explained;
  return {
    target: targetText(target),
    given: target.given,
    kind: target.kind,
    provider: target.kind === 'registry' ? 'registry' : target.provider,
    selected: credential?.name ?? null,
    reason,
    candidates,
    omitted,
    ...(problem === null ? {} : { problem }),
  };
}
