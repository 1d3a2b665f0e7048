import type { Secret } from './secret.ts';

/** Asks a person at a terminal. Its functions throw Failure `interrupted` when the person stops. */
export interface Asker {
  /** One line, trimmed; empty when the person just presses Enter. */
  readonly line: (question: string) => Promise<string>;
  /** One line that is not shown; null when the person just presses Enter. */
  readonly secret: (question: string) => Promise<Secret | null>;
  /** False unless the answer is yes. */
  readonly yes: (question: string) => Promise<boolean>;
}
