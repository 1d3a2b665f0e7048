import type { Finding, FoundFile } from './finding.ts';

/** Remotes of a checkout's `.git/config`, and submodules of its `.gitmodules`. https://git-scm.com/docs/git-config#_syntax */
export function gitFindings({ path, text }: FoundFile): readonly Finding[] {
  const isModules = path.endsWith('.gitmodules');
  const findings: Finding[] = [];
  let section = '';
  for (const line of text.split(/\r?\n/)) {
    section =
      /^\s*\[\s*(remote|submodule)\s+"([^"]*)"\s*\]/.exec(line)?.slice(1).join(' ') ??
      (/^\s*\[/.test(line) ? '' : section);
    const url = /^\s*url\s*=\s*"?([^"\s]+)"?\s*$/.exec(line)?.[1];
    if (url === undefined || section === '') continue;
    if (isModules && section.startsWith('submodule ') && !/^\.{1,2}\//.test(url)) {
      findings.push({
        kind: 'repository',
        url,
        file: path,
        what: `submodule ${section.slice('submodule '.length)}`,
      });
    }
    if (!isModules && section === 'remote origin') findings.push({ kind: 'own', url, file: path });
  }
  return findings;
}
