import { shellQuote } from '../shell-quote.ts';

/** A helper of shell builtins only: nothing is started but the shell that git starts anyway. */
export function printingHelper(files: readonly string[]): string {
  const print = 'while IFS= read -r l; do printf %s\\\\n "$l"; done';
  const quoted = files.map(shellQuote);
  return quoted.length === 1
    ? `!f() { [ $1 = get ] && ${print}; } 2>/dev/null <${quoted[0]}; f`
    : `!f() { test "$1" = get || return 0; for p in ${quoted.join(' ')}; do test -r "$p" || continue; ${print} <"$p"; return; done; }; f`;
}

/** The session's copy of the program that signs CodeCommit's requests. */
export const signerFile = 'codecommit-signer.mjs';

/**
 * Runs the signer, which stands in the session folder of the keys, by the node that made the session, or any other where
 * that one is not to be found, as in a container.
 */
export function signingHelper(node: string, files: readonly string[]): string {
  const nodes = [node, 'node'].map(shellQuote).join(' ');
  const keys = files.map(shellQuote).join(' ');
  const run = `for n in ${nodes}; do command -v "$n" >/dev/null && exec "$n" "\${p%/*/*}/${signerFile}" "$p"; done`;
  return `!f() { test "$1" = get || return 0; for p in ${keys}; do test -r "$p" || continue; ${run}; return; done; }; f`;
}
