// The templates for GitLab and Bitbucket carry the same shell: it is written once, in templates/shell, and put here
// between `# begin NAME` and `# end NAME` of each template, with the release that it brings in.
import { readFileSync } from 'node:fs';

export const templatePaths = [
  'templates/setup/template.yml',
  'templates/check/template.yml',
  'templates/gitlab/rotate.yml',
  'templates/bitbucket/copy-paste.bitbucket-pipelines.yml',
  'templates/bitbucket/pipelines.yml',
  'bitbucket-pipelines.yml',
];

/**
 * @param {{version: string, sums: string}} release `sums` is the SHA-256 of dist/SHA256SUMS
 * @returns {Map<string, string>} content by path
 */
export function templates(release) {
  return new Map(templatePaths.map((path) => [path, embed(readFileSync(path, 'utf8'), release)]));
}

/** A template's text with its shell made anew. */
export function embed(text, { version, sums }) {
  return text.replace(/^( *)# begin (\S+)\n[\s\S]*?^ *# end \2$/gm, (_, indent, name) => {
    const lines = [`# begin ${name}`, ...shell(name), `# end ${name}`].map((line) =>
      line.replace('@version@', version).replace('@sums@', sums),
    );
    return lines.map((line) => (line === '' ? '' : indent + line)).join('\n');
  });
}

/** The lines of a file of templates/shell, with those that it includes. */
function shell(name) {
  const lines = readFileSync(new URL(`../templates/shell/${name}`, import.meta.url), 'utf8')
    .trimEnd()
    .split('\n');
  return lines.flatMap((line) => {
    const [, included] = /^#include (\S+)$/.exec(line) ?? [];
    return included === undefined ? [line] : shell(included);
  });
}
