import { entry } from './git-config-syntax.ts';

/** The include that was added to the user's `~/.gitconfig`. */
export interface GitHomeEdit {
  /** The whole text before; null when there was no file. */
  readonly original: string | null;
  readonly written: string;
  /** The one line that makes it ours. */
  readonly line: string;
}

const comment = '# pipeline-credentials: for one job; its cleanup takes these lines away.';
const section = '[include]';

/** Adds a session's gitconfig to the user's own, behind everything there, so that it has the last word. */
export function addInclude(original: string | null, configFile: string): GitHomeEdit {
  const line = `\t${entry('path', configFile).trimEnd()}`;
  const before = original ?? '';
  const gap = before === '' || before.endsWith('\n') ? '' : '\n';
  return { original, written: `${before}${gap}${comment}\n${section}\n${line}\n`, line };
}

/**
 * The text without the include, null when the file must go. Untouched by others it is the original to the byte; else
 * their edits stay, also what they added to our section.
 */
export function removeInclude(current: string, { original, written, line }: GitHomeEdit): string | null {
  if (current === written) return original;
  const lines = current.split('\n');
  const at = lines.findIndex((text) => text.trim() === line.trim());
  if (at < 0) return current;
  const isAlone = lines[at - 1]?.trim() === section && isEnd(lines.slice(at + 1));
  const start = isAlone ? at - 1 - (lines[at - 2]?.trim() === comment ? 1 : 0) : at;
  const rest = lines.toSpliced(start, at - start + 1).filter((text) => text.trim() !== comment);
  const text = rest.join('\n');
  return original === null && text.trim() === '' ? null : text;
}

/** Whether what follows belongs to another section, or is nothing. */
function isEnd(lines: readonly string[]): boolean {
  const next = lines.find((text) => text.trim() !== '')?.trim();
  return next === undefined || next.startsWith('[');
}
