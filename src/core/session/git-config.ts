import type { Rewrite } from '../host-rules.ts';
import { locationUrl } from '../location.ts';
import type { GitPrefix } from './grant.ts';
import { shellQuote } from './shell-quote.ts';

/** Who signs in to git below one prefix. */
export interface GitSection {
  readonly prefix: GitPrefix;
  /** Absolute paths at which the credential's file may be found, the first that opens wins; null: nobody signs in. */
  readonly files: readonly string[] | null;
  /** Whether pushes over ssh stay with the user's key. */
  readonly readOnly: boolean;
}

/**
 * The session's gitconfig. Fewest segments first, since in git the order of sections decides and not how specific they
 * are; a prefix given twice is written once, the last one.
 */
export function renderGitConfig(sections: readonly GitSection[]): string {
  const latest = new Map(sections.map((section) => [sectionKey(section), section]));
  const sorted = [...latest.values()].sort((a, b) => depth(a) - depth(b));
  return [...sorted.flatMap(signInSections), ...rewriteSections(sorted)].join('');
}

function sectionKey({ prefix }: GitSection): string {
  return `${prefix.kind} ${locationUrl(prefix.location)}`;
}

function depth({ prefix }: GitSection): number {
  return prefix.location.segments.length;
}

/** A repository is asked for with and without `.git`, and git takes those for two. */
function signInSections(section: GitSection): string[] {
  const url = locationUrl(section.prefix.location);
  const urls = section.prefix.kind === 'repository' ? [url, `${url}.git`] : [url];
  return urls.map((each) => signInSection(each, section));
}

function signInSection(url: string, { files, prefix }: GitSection): string {
  const signsIn = files !== null;
  return [
    header('credential', url),
    entry('helper', ''),
    signsIn ? entry('helper', helperCommand(files)) : '',
    // git-lfs asks without a path otherwise, and then for the whole host.
    entry('useHttpPath', 'true'),
    header('http', url),
    // Empty and more specific than the header that actions/checkout keeps for the host: that one would win over helpers.
    entry('extraheader', ''),
    entry('proactiveAuth', signsIn ? 'auto' : 'none'),
    entry('sslVerify', 'true'),
    // http is for loopback only, and never through a proxy (security rule 8).
    prefix.location.scheme === 'http' ? entry('proxy', '') : '',
    header('lfs', url),
    entry('access', signsIn ? 'basic' : 'none'),
  ].join('');
}

/** A helper of shell builtins only: nothing is started but the shell that git starts anyway. */
function helperCommand(files: readonly string[]): string {
  const print = 'while IFS= read -r l; do printf "%s\\n" "$l"; done';
  const [only, ...others] = files.map(shellQuote);
  return others.length === 0
    ? `!f() { test "$1" = get || return 0; ${print}; } 2>/dev/null <${only}; f`
    : `!f() { test "$1" = get || return 0; for p in ${[only, ...others].join(' ')}; do test -r "$p" || continue; ${print} <"$p"; return; done; }; f`;
}

interface Rules {
  readonly insteadOf: Set<string>;
  readonly pushInsteadOf: Set<string>;
}

/** All `insteadOf` rules, one section for each address they lead to. */
function rewriteSections(sections: readonly GitSection[]): string[] {
  const bases = new Map<string, Rules>();
  const add = (kind: keyof Rules, { from, to }: Rewrite) => {
    const rules = bases.get(to) ?? { insteadOf: new Set(), pushInsteadOf: new Set() };
    rules[kind].add(from);
    bases.set(to, rules);
  };
  for (const section of sections) addRules(section, add);
  return [...bases].map(([base, rules]) =>
    [
      header('url', base),
      ...[...rules.insteadOf].map((from) => entry('insteadOf', from)),
      ...[...rules.pushInsteadOf].map((from) => entry('pushInsteadOf', from)),
    ].join(''),
  );
}

type AddRule = (kind: 'insteadOf' | 'pushInsteadOf', rewrite: Rewrite) => void;

/**
 * Rules of a prefix to itself are there so that a user's own, shorter rule does not take covered addresses away: in
 * git the longest match wins.
 */
function addRules({ prefix, files, readOnly }: GitSection, add: AddRule): void {
  const https = files === null ? [] : ends(prefix).map((end) => `${locationUrl(prefix.location)}${end}`);
  const ssh = prefix.bare ? prefix.rewrites.flatMap((rule) => [rule, withoutGit(rule)]) : prefix.rewrites;
  for (const url of https) {
    add('insteadOf', { from: url, to: url });
    if (!readOnly) add('pushInsteadOf', { from: url, to: url });
  }
  for (const { from, to } of ssh) {
    add('insteadOf', { from, to: files === null ? from : to });
    if (readOnly || files === null) add('pushInsteadOf', { from, to: from });
  }
}

/** What a rule of this prefix must end in, so that it is no prefix of a neighbour's name (security rule 11). */
function ends({ kind, bare }: GitPrefix): readonly string[] {
  if (kind !== 'repository') return ['/'];
  return bare ? ['.git', ''] : ['.git'];
}

function withoutGit({ from, to }: Rewrite): Rewrite {
  return { from: from.replace(/\.git$/, ''), to: to.replace(/\.git$/, '') };
}

function header(section: string, subsection: string): string {
  return `[${section} "${quoted(subsection)}"]\n`;
}

function entry(key: string, value: string): string {
  return value === '' ? `\t${key} =\n` : `\t${key} = "${quoted(value)}"\n`;
}

/** Inside quotes git knows two special characters; a line break could start a section of its own. */
function quoted(text: string): string {
  if (/[\0\r\n]/.test(text)) throw new TypeError('A line break cannot be written to a git configuration.');
  return text.replace(/["\\]/g, '\\$&');
}
