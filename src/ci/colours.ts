import type { Voice } from './voice.ts';

/** Lines with ANSI colours, for logs that show them and cannot mask. `write` is stderr. */
export function colourVoice(write: (line: string) => void): Voice {
  return {
    mask: () => {},
    info: write,
    notice: (message) => write(`\u001b[36m${message}\u001b[0m`),
    warning: (message) => write(`\u001b[33mwarning: ${message}\u001b[0m`),
    section: () => () => {},
  };
}
