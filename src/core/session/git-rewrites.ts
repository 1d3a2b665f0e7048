import type { Rewrite } from '../host-rules.ts';
import { locationUrl } from '../location.ts';
import type { WrittenSection } from './git-config.ts';
import { entry, header } from './git-config-syntax.ts';
import type { GitPrefix } from './grant.ts';
import { type SshRule, sshRule } from './ssh-rule.ts';

interface Rules {
  readonly insteadOf: Set<string>;
  readonly pushInsteadOf: Set<string>;
}

/** All `insteadOf` rules, one section for each address they lead to. */
export function rewriteSections(sections: readonly WrittenSection[]): string[] {
  const bases = new Map<string, Rules>();
  const all = sections.flatMap((section) => rulesOf(section, sections));
  const regions = new Set(
    all.filter(({ from }) => from.startsWith(regionless)).map(({ to }) => originOf(to)),
  );
  for (const { kind, from, to } of all) {
    // With several regions nobody knows which one is meant.
    if (from.startsWith(regionless) && regions.size > 1) continue;
    const rules = bases.get(to) ?? { insteadOf: new Set(), pushInsteadOf: new Set() };
    bases.set(to, rules);
    rules[kind].add(from);
  }
  return [...bases].map(([base, rules]) =>
    [
      header('url', base),
      ...[...rules.insteadOf].map((from) => entry('insteadOf', from)),
      ...[...rules.pushInsteadOf].map((from) => entry('pushInsteadOf', from)),
    ].join(''),
  );
}

/** git-remote-codecommit finds the region for itself, in the environment or in a file. */
const regionless = 'codecommit://';

function originOf(url: string): string {
  return /^[a-z]+:\/\/[^/]+/.exec(url)?.[0] ?? url;
}

interface Rule extends Rewrite {
  readonly kind: keyof Rules;
}

/** In git the longest matching rule wins, whatever the order. */
function rulesOf(section: WrittenSection, all: readonly WrittenSection[]): readonly Rule[] {
  const rewrites = section.rewrites.map((rule) => (section.prefix.bare ? withoutGit(rule) : rule));
  if (section.does !== 'sign-in') {
    const own = all.some((other) => takesAway(other, section)) ? ownRules(section, false) : [];
    return [...own, ...rewrites.flatMap(({ from }) => keeping(from))];
  }
  const { readOnly } = section;
  if (section.way === 'ssh') {
    return sshRules(sshRule(section.prefix, section.rewrites, section.server), readOnly);
  }
  return [
    ...ownRules(section, readOnly),
    ...rewrites.map((rule): Rule => ({ kind: 'insteadOf', ...rule })),
    ...(readOnly ? rewrites.flatMap(({ from }) => keeping(from).slice(1)) : []),
  ];
}

/** All spellings lead to the ssh server; of a key that may only read, pushes go where they went. */
function sshRules(rule: SshRule | null, readOnly: boolean): readonly Rule[] {
  return (rule?.spellings ?? []).flatMap((from): readonly Rule[] => [
    { kind: 'insteadOf', from, to: rule?.base ?? from },
    { kind: 'pushInsteadOf', from, to: readOnly ? from : (rule?.base ?? from) },
  ]);
}

/** Whether another section leads what is below it over to ssh, https addresses too. */
function takesAway(other: WrittenSection, { prefix }: WrittenSection): boolean {
  if (other.does !== 'sign-in' || other.way !== 'ssh') return false;
  const outer = `${locationUrl(other.prefix.location)}/`.toLowerCase();
  return `${locationUrl(prefix.location)}/`.toLowerCase().startsWith(outer);
}

/** A rule of an address to itself: a shorter one, of the user or of ours, does not take it away. */
function keeping(from: string): readonly Rule[] {
  return [
    { kind: 'insteadOf', from, to: from },
    { kind: 'pushInsteadOf', from, to: from },
  ];
}

function ownRules({ prefix }: WrittenSection, readOnly: boolean): readonly Rule[] {
  const url = `${locationUrl(prefix.location)}${ending(prefix)}`;
  return readOnly ? keeping(url).slice(0, 1) : keeping(url);
}

/** What a rule of this prefix must end in, so that it is no prefix of a neighbour's name (security rule 11). */
function ending({ kind, bare }: GitPrefix): string {
  if (kind !== 'repository') return '/';
  return bare ? '' : '.git';
}

/** The rule for a repository written without `.git` serves it with `.git` as well. */
function withoutGit({ from, to }: Rewrite): Rewrite {
  return { from: from.replace(/\.git$/, ''), to: to.replace(/\.git$/, '') };
}
