import type { WrittenSection } from './git-sections.ts';

/** Every git reads the whole configuration four times; from here on it would feel it. */
const many = 50;

/** `git+ssh://`, a server without its user, port 22 spelled out, a slash behind the colon, the vendors' hosts for port 443. */
const rare =
  /^(?:git\+ssh:|ssh\+git:|ssh:\/\/[^@/]+\/|ssh:\/\/[^/]+:22\/|[^@/:]+:[^/:]|[^/:]+:\/[^/]|ssh:\/\/git@(?:alt)?ssh\.[^/]+:443\/)/;

/** With very many prefixes only the ssh spellings that people write, so that git stays as fast as it was. */
export function withoutRareSpellings(sections: readonly WrittenSection[]): readonly WrittenSection[] {
  if (sections.length <= many) return sections;
  return sections.map((section) => ({
    ...section,
    rewrites: section.rewrites.filter(({ from }) => !rare.test(from)),
  }));
}
