import type { Voice } from './voice.ts';

/** Plain lines for people, where nothing can be masked. `write` is stderr. */
export function terminalVoice(write: (line: string) => void): Voice {
  return {
    mask: () => {},
    info: write,
    notice: write,
    warning: (message) => write(`warning: ${message}`),
    section: () => () => {},
  };
}
