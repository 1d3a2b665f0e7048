import type { Env } from '../env.ts';
import { objectAt, parseObject } from '../json.ts';
import type { HostLogin } from './docker-config.ts';
import { scopeOfKey } from './docker-key.ts';
import { rewriteRules } from './git-rewrites.ts';
import type { WrittenSection } from './git-sections.ts';

/** A rewriting rule of the user: `insteadof https://github.com/`. What it leads to is left out: it may hold a token. */
export interface UserRewrite {
  readonly kind: 'insteadOf' | 'pushInsteadOf';
  readonly from: string;
}

/** What is known of git on this machine. */
export interface GitFacts {
  /** `[2, 39]`; zeros for one that is too old to tell, null when there is no git. */
  readonly version: readonly [number, number] | null;
  readonly rewrites: readonly UserRewrite[];
  /** Text of `~/.netrc`; null when there is none. */
  readonly netrc: string | null;
}

/** The oldest git that tells paths of one host apart when it signs in. */
const oldest = [2, 26] as const;

/** The facts, and the sections of earlier setups, whose rules are no rules of the user. */
type KnownFacts = GitFacts & { readonly known: readonly WrittenSection[] };

/** What stands in the way of git's sign-in, one sentence each. */
export function gitWarnings(sections: readonly WrittenSection[], facts: KnownFacts): readonly string[] {
  return [...oldGit(facts), ...netrcWarnings(sections, facts), ...rewriteWarnings(sections, facts)];
}

function oldGit({ version }: GitFacts): readonly string[] {
  if (version === null) return [];
  const [major, minor] = version;
  if (major > oldest[0] || (major === oldest[0] && minor >= oldest[1])) return [];
  return [`This git is too old to choose a credential by path: install ${oldest.join('.')} or newer.`];
}

/** curl reads it before git asks a helper, up to git 2.45. */
function netrcWarnings(sections: readonly WrittenSection[], { netrc }: GitFacts): readonly string[] {
  const named = netrcHosts(netrc ?? '');
  return hostsOf(sections)
    .filter((host) => named.has(host) || named.has('default'))
    .map(
      (host) =>
        `~/.netrc has an entry that older gits prefer for ${host}: remove it, or use git 2.46 or newer.`,
    );
}

/** In git a rule of the user wins over one of ours that is equally long, because it is read first. */
function rewriteWarnings(
  sections: readonly WrittenSection[],
  { rewrites, known }: KnownFacts,
): readonly string[] {
  const ours = new Set(rewriteRules(sections).map(({ kind, from }) => `${kind} ${from}`));
  for (const { kind, from } of rewriteRules(known)) ours.delete(`${kind} ${from}`);
  return rewrites
    .filter(({ kind, from }) => ours.has(`${kind} ${from}`))
    .map(
      ({ kind, from }) =>
        `your git configuration has a rule of its own (${kind}) for ${from}, which wins: remove it.`,
    );
}

/** Newer docker and many other programs read this variable first. */
export function dockerWarnings(
  logins: readonly HostLogin[],
  { DOCKER_AUTH_CONFIG: text }: Env,
): readonly string[] {
  const named = Object.keys(objectAt(parseObject(text ?? '') ?? {}, 'auths')).map(
    (key) => scopeOfKey(key).host,
  );
  return logins
    .filter(({ host }) => named.includes(host))
    .map(
      ({ host }) =>
        `DOCKER_AUTH_CONFIG has a login for ${host}, which newer versions of docker prefer: unset it.`,
    );
}

function hostsOf(sections: readonly WrittenSection[]): readonly string[] {
  const hosts = sections
    .filter(({ does }) => does === 'sign-in')
    .map(({ prefix }) => prefix.location.host.replace(/:\d+$/, ''));
  return [...new Set(hosts)];
}

/** Words after `machine`, and `default`; https://everything.curl.dev/usingcurl/netrc.html */
function netrcHosts(text: string): ReadonlySet<string> {
  const words = text.split(/\s+/);
  return new Set(
    words.flatMap((word, index) =>
      words[index - 1] === 'machine' ? [word.toLowerCase()] : word === 'default' ? ['default'] : [],
    ),
  );
}
