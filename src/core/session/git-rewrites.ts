import { group } from '../group.ts';
import type { Rewrite } from '../host-rules.ts';
import { locationUrl } from '../location.ts';
import { entry, header } from './git-config-syntax.ts';
import type { WrittenSection } from './git-sections.ts';
import type { GitPrefix } from './grant.ts';
import { prefixUrl } from './prefix-url.ts';
import { type SshRule, sshRule } from './ssh-rule.ts';

/** One line of git's rewriting: addresses that begin with `from` begin with `to` instead. */
export interface RewriteRule extends Rewrite {
  readonly kind: 'insteadOf' | 'pushInsteadOf';
}

/** All rules of a configuration, one for each beginning: in git the longest match wins, and of two equal ones the first. */
export function rewriteRules(sections: readonly WrittenSection[]): readonly RewriteRule[] {
  const rules = new Map<string, RewriteRule>();
  for (const rule of withKnownRegion(sections.flatMap((section) => rulesOf(section, sections)))) {
    const key = `${rule.kind} ${rule.from}`;
    if (!rules.has(key)) rules.set(key, rule);
  }
  return [...rules.values()];
}

/** The rules as sections, one for each address they lead to. */
export function rewriteSections(sections: readonly WrittenSection[]): readonly string[] {
  return [...group(rewriteRules(sections).map((rule) => [rule.to, rule]))].map(
    ([to, rules]) => header('url', to) + rules.map(({ kind, from }) => entry(kind, from)).join(''),
  );
}

/** git-remote-codecommit finds the region for itself; with several regions nobody knows which one is meant. */
function withKnownRegion(rules: readonly RewriteRule[]): readonly RewriteRule[] {
  const isRegionless = ({ from }: RewriteRule) => from.startsWith('codecommit://');
  const regions = new Set(rules.filter(isRegionless).map(({ to }) => /^[a-z]+:\/\/[^/]+/.exec(to)?.[0]));
  return regions.size > 1 ? rules.filter((rule) => !isRegionless(rule)) : rules;
}

function rulesOf(section: WrittenSection, all: readonly WrittenSection[]): readonly RewriteRule[] {
  const rewrites = section.rewrites.map((rule) => (section.prefix.bare ? withoutGit(rule) : rule));
  const https = prefixUrl(section.prefix);
  if (section.does !== 'sign-in') {
    const own = all.some((other) => takesAway(other, section)) ? [https] : [];
    return [...own, ...rewrites.map(({ from }) => from)].flatMap((from) => [fetched(from), pushed(from)]);
  }
  if (section.yields) return [];
  const { readOnly } = section;
  if (section.way === 'ssh') {
    return sshRules(sshRule(section.prefix, section.rewrites, section.server), readOnly);
  }
  return [
    fetched(https),
    ...(readOnly ? [] : [pushed(https)]),
    ...rewrites.map(({ from, to }) => fetched(from, to)),
    // An address of ours that may only be read: pushes to its ssh forms stay with the user's key.
    ...(readOnly ? rewrites.map(({ from }) => pushed(from)) : []),
  ];
}

/** A rule of an address to itself keeps a shorter one, of the user or of ours, from taking it away. */
function fetched(from: string, to = from): RewriteRule {
  return { kind: 'insteadOf', from, to };
}

function pushed(from: string, to = from): RewriteRule {
  return { kind: 'pushInsteadOf', from, to };
}

/** All spellings lead to the ssh server; of a key that may only read, pushes go where they went. */
function sshRules(rule: SshRule | null, readOnly: boolean): readonly RewriteRule[] {
  if (rule === null) return [];
  return rule.spellings.flatMap((from) => [
    fetched(from, rule.base),
    pushed(from, readOnly ? from : rule.base),
  ]);
}

/** Whether another section leads what is below it over to ssh, https addresses too. */
function takesAway(other: WrittenSection, { prefix }: WrittenSection): boolean {
  return other.does === 'sign-in' && other.way === 'ssh' && isBelow(prefix, other.prefix);
}

/** Whether a prefix is another one or lies below it; case does not count, since taking too much for below is harmless. */
export function isBelow({ location }: GitPrefix, outer: GitPrefix): boolean {
  const start = `${locationUrl(outer.location)}/`.toLowerCase();
  return `${locationUrl(location)}/`.toLowerCase().startsWith(start);
}

/** The rule for a repository written without `.git` serves it with `.git` as well. */
function withoutGit({ from, to }: Rewrite): Rewrite {
  return { from: from.replace(/\.git$/, ''), to: to.replace(/\.git$/, '') };
}
