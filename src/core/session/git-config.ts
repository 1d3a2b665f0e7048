import { locationUrl } from '../location.ts';
import { Secret } from '../secret.ts';
import type { Answer } from './answer.ts';
import { printingHelper, signingHelper } from './credential-command.ts';
import { entry, header } from './git-config-syntax.ts';
import { rewriteSections } from './git-rewrites.ts';
import type { WrittenSection } from './git-sections.ts';
import type { GitPrefix } from './grant.ts';

/**
 * The session's gitconfig. Fewest segments first, since in git the order of sections decides and not how specific they
 * are; of two sections for one address the later counts. Kept small: every git reads it several times.
 * @param version of git, `[2, 39]`; null when it is not known.
 */
export function renderGitConfig(
  sections: readonly WrittenSection[],
  version: readonly [number, number] | null = null,
): string {
  const sorted = sections.toSorted((a, b) => depth(a) - depth(b));
  const byUrl = new Map(sorted.flatMap((section) => urls(section.prefix).map((url) => [url, section])));
  return [
    ...[...byUrl].flatMap(([url, section]) => signInSections(url, section, knowsProactiveAuth(version))),
    ...rewriteSections(sorted),
    // Behind the empty headers above, of which one would take it away.
    ...includes(sorted).flatMap((path) => ['[include]\n', entry('path', path)]),
  ].join('');
}

/**
 * A gitconfig that makes git send a header below some prefixes, and nowhere else: git would carry it along when it is
 * redirected (security rule 13).
 */
export function renderHeader(value: Secret, prefixes: readonly GitPrefix[]): Secret {
  const rules = `${entry('extraheader', value.reveal())}${entry('followRedirects', 'false')}`;
  return new Secret(
    prefixes
      .flatMap(urls)
      .map((url) => header('http', url) + rules)
      .join(''),
  );
}

function includes(sections: readonly WrittenSection[]): readonly string[] {
  const paths = sections.flatMap((each) =>
    each.does === 'sign-in' && each.way === 'header' ? each.files : [],
  );
  return [...new Set(paths)];
}

function depth({ prefix }: WrittenSection): number {
  return prefix.location.segments.length;
}

/** A repository is asked for with and without `.git`, and git takes those for two. */
function urls({ location, kind }: GitPrefix): readonly string[] {
  const url = locationUrl(location);
  return kind === 'repository' ? [url, `${url}.git`] : [url];
}

/** https://git-scm.com/docs/git-config#Documentation/git-config.txt-httpproactiveAuth */
function knowsProactiveAuth(version: readonly [number, number] | null): boolean {
  if (version === null) return true;
  const [major, minor] = version;
  return major > 2 || (major === 2 && minor >= 46);
}

function signInSections(url: string, section: WrittenSection, isProactive: boolean): string[] {
  if (section.does === 'guard') return [];
  const signsIn = section.does === 'sign-in';
  if (signsIn && section.way === 'ssh') return [];
  if (signsIn && section.yields) return [header('credential', url), helperEntry(section)];
  const asksFirst = signsIn && section.way !== 'header';
  const isHttp = section.prefix.location.scheme === 'http';
  return [
    header('credential', url),
    entry('helper', ''),
    signsIn ? helperEntry(section) : '',
    // git-lfs asks without a path otherwise, and then for the whole host.
    entry('useHttpPath', 'true'),
    header('http', url),
    // Empty and more specific than the header that actions/checkout keeps for the host: that one would win over helpers.
    entry('extraheader', ''),
    isProactive ? entry('proactiveAuth', asksFirst ? 'auto' : 'none') : '',
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

function helperEntry(answer: Answer): string {
  if (answer.way === 'file') return entry('helper', printingHelper(answer.files));
  return answer.way === 'signer' ? entry('helper', signingHelper(answer.node, answer.files)) : '';
}
