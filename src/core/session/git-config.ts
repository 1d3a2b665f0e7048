import { locationUrl } from '../location.ts';
import { entry, header } from './git-config-syntax.ts';
import { rewriteSections } from './git-rewrites.ts';
import type { GitSection } from './git-sections.ts';
import type { GitPrefix } from './grant.ts';
import { shellQuote } from './shell-quote.ts';

/** How a credential is found by git: what a section says that signs in. */
export interface Answer {
  /** Absolute paths at which the credential's file may be; the first that is there counts. */
  readonly files: readonly string[];
  /** Whether pushes to ssh addresses stay with the user's key. */
  readonly readOnly: boolean;
}

export type WrittenSection = GitSection<Answer>;

/**
 * The session's gitconfig. Fewest segments first, since in git the order of sections decides and not how specific they
 * are; of two sections for one address the later counts. Kept small: every git reads it several times.
 */
export function renderGitConfig(sections: readonly WrittenSection[]): string {
  const sorted = sections.toSorted((a, b) => depth(a) - depth(b));
  const byUrl = new Map(sorted.flatMap((section) => urls(section.prefix).map((url) => [url, section])));
  return [
    ...[...byUrl].flatMap(([url, section]) => signInSections(url, section)),
    ...rewriteSections(sorted),
  ].join('');
}

function depth({ prefix }: WrittenSection): number {
  return prefix.location.segments.length;
}

/** A repository is asked for with and without `.git`, and git takes those for two. */
function urls({ location, kind }: GitPrefix): readonly string[] {
  const url = locationUrl(location);
  return kind === 'repository' ? [url, `${url}.git`] : [url];
}

function signInSections(url: string, section: WrittenSection): string[] {
  if (section.does === 'guard') return [];
  const signsIn = section.does === 'sign-in';
  const isHttp = section.prefix.location.scheme === 'http';
  return [
    header('credential', url),
    entry('helper', ''),
    signsIn ? entry('helper', helperCommand(section.files)) : '',
    // git-lfs asks without a path otherwise, and then for the whole host.
    entry('useHttpPath', 'true'),
    header('http', url),
    // Empty and more specific than the header that actions/checkout keeps for the host: that one would win over helpers.
    entry('extraheader', ''),
    entry('proactiveAuth', signsIn ? 'auto' : 'none'),
    entry('sslVerify', 'true'),
    // http is for loopback only, and never through a proxy (security rule 8).
    isHttp ? entry('proxy', '') : '',
    ...(asksLfs(url, section.prefix)
      ? [header('lfs', url), entry('access', signsIn ? 'basic' : 'none')]
      : []),
  ];
}

/** git-lfs has its endpoint below `.git`, however the remote is written. */
function asksLfs(url: string, { kind }: GitPrefix): boolean {
  return kind !== 'repository' || url.endsWith('.git');
}

/** A helper of shell builtins only: nothing is started but the shell that git starts anyway. */
function helperCommand(files: readonly string[]): string {
  const print = 'while IFS= read -r l; do printf "%s\\n" "$l"; done';
  const quoted = files.map(shellQuote);
  return quoted.length === 1
    ? `!f() { test "$1" = get || return 0; ${print}; } 2>/dev/null <${quoted[0]}; f`
    : `!f() { test "$1" = get || return 0; for p in ${quoted.join(' ')}; do test -r "$p" || continue; ${print} <"$p"; return; done; }; f`;
}
