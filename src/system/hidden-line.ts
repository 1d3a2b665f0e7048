import type { ReadStream } from 'node:tty';
import { Failure } from '../core/failure.ts';

/** How long the rest of something pasted may take to arrive, in milliseconds. */
const pasteMs = 60;

/** Ctrl-C and Ctrl-D. */
const stops = ['\u0003', '\u0004'];

/**
 * One line from a terminal that shows nothing of it; null when the person stops (Ctrl-C, Ctrl-D).
 * Several lines pasted at once are refused and swallowed: the shell would get, and show, all but the first.
 */
export async function readHidden(input: ReadStream, signal: AbortSignal): Promise<string | null> {
  const wasRaw = input.isRaw;
  input.setRawMode(true);
  input.setEncoding('utf8');
  try {
    return await typed(input, signal);
  } finally {
    input.setRawMode(wasRaw);
    input.pause();
  }
}

function typed(input: ReadStream, signal: AbortSignal): Promise<string | null> {
  return new Promise((resolve, reject) => {
    let keys = '';
    let quiet: NodeJS.Timeout | undefined;
    const finish = (settle: () => void) => {
      clearTimeout(quiet);
      input.off('data', take);
      signal.removeEventListener('abort', stop);
      settle();
    };
    const stop = () => finish(() => resolve(null));
    const end = (line: string, rest: string) =>
      finish(() => (rest.trim() === '' ? resolve(edited(line)) : reject(severalLines())));
    const take = (chunk: string | Buffer) => {
      keys += plain(String(chunk));
      if (stops.some((key) => keys.includes(key))) return stop();
      const [, line, rest = ''] = /^([^\r\n]*)[\r\n]([\s\S]*)$/.exec(keys) ?? [];
      if (line === undefined) return;
      clearTimeout(quiet);
      quiet = setTimeout(() => end(line, rest), pasteMs);
    };
    signal.addEventListener('abort', stop, { once: true });
    input.on('data', take);
    input.resume();
  });
}

function edited(keys: string): string {
  return [...keys].reduce(typedOn, '');
}

/** Backspace takes one character back, Ctrl-U all, Ctrl-W the last word; other control characters are not typed. */
function typedOn(text: string, character: string): string {
  if (character === '\u007f' || character === '\b') return [...text].slice(0, -1).join('');
  if (character === '\u0015') return '';
  if (character === '\u0017') return text.replace(/\S+\s*$/, '');
  return character < ' ' ? text : text + character;
}

/** Without the marks of bracketed paste and other escape sequences. */
function plain(chunk: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: what terminals send
  return chunk.replace(/\u001b\[[0-9;]*[~A-Za-z]/g, '');
}

function severalLines(): Failure {
  return new Failure('usage', 'Several lines were pasted where one is expected.', {
    hint: 'Name the file that holds it, or the variable: a key has many lines.',
  });
}
