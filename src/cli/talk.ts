/** What the command line says on standard error. */
export interface Talk {
  readonly write: (line: string) => void;
  /** Replaces the line of progress; an empty text takes it away. For terminals only. */
  readonly progress: (text: string) => void;
}

const clear = '\r\u001b[K';

/** Lines, and the terminal's own line of progress, which the next text overwrites, and a line too. */
export function talkOn(stderr: { readonly write: (text: string) => unknown }): Talk {
  let isShown = false;
  return {
    write: (line) => {
      stderr.write(`${isShown ? clear : ''}${line}\n`);
      isShown = false;
    },
    progress: (text) => {
      stderr.write(clear + text);
      isShown = text !== '';
    },
  };
}
