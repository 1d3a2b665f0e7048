import { type Problem, problemAt } from '../failure.ts';
import type { HostRules } from '../host-rules.ts';
import { scopeText } from '../target/registry-scope.ts';
import type { RepositoryTarget, Target } from '../target/target.ts';
import { segmentKey } from './catalog.ts';

/**
 * Inputs never raise access: a line that asks to write to what the manifest lists for reading only is refused
 * (security rule 15). What the manifest does not list is left to its credentials' own `access`.
 */
export function raisedAccess(
  asked: readonly Target[],
  listed: readonly Target[],
  rules: readonly HostRules[],
): readonly Problem[] {
  const keyOf = (target: Target) => targetKey(target, rules);
  const writable = new Set(listed.filter(({ access }) => access === 'write').map(keyOf));
  const readable = new Set(listed.filter(({ access }) => access === 'read').map(keyOf));
  return asked
    .filter(
      (target) => target.access === 'write' && readable.has(keyOf(target)) && !writable.has(keyOf(target)),
    )
    .map((target) =>
      problemAt(target.place, {
        code: 'access-raised',
        message: `${target.given}: an input asks to write, but the manifest lists it for reading.`,
        hint: 'Write `access: write` into the manifest, where its owners review it.',
      }),
    );
}

function targetKey(target: Target, rules: readonly HostRules[]): string {
  if (target.kind === 'registry') return scopeText(target);
  return repositoryKey(
    target,
    rules.find(({ provider }) => provider === target.provider),
  );
}

function repositoryKey({ location, wildcard }: RepositoryTarget, rules: HostRules | undefined): string {
  const path = location.segments.map((segment) => segmentKey(segment, rules));
  return [`${location.scheme}://${location.host}`, ...path, ...(wildcard ? ['*'] : [])].join('/');
}
