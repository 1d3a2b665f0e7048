import { createInterface } from 'node:readline/promises';
import type { ReadStream } from 'node:tty';
import type { Asker } from '../core/asker.ts';
import { Failure } from '../core/failure.ts';
import { Secret } from '../core/secret.ts';
import { readHidden } from './hidden-line.ts';

export interface Terminal {
  readonly input: ReadStream;
  readonly output: NodeJS.WritableStream;
  readonly signal: AbortSignal;
}

/** Questions on a terminal. What is typed for a secret is neither shown nor remembered. */
export function terminalAsker({ input, output, signal }: Terminal): Asker {
  const line = async (question: string): Promise<string> => {
    const lines = createInterface({ input, output, terminal: true, historySize: 0 });
    const closed = new Promise<null>((resolve) => lines.once('close', () => resolve(null)));
    try {
      const answer = await Promise.race([lines.question(question, { signal }), closed]);
      if (answer === null) throw stopped();
      return answer.trim();
    } catch (error) {
      throw error instanceof Failure ? error : stopped();
    } finally {
      lines.close();
    }
  };
  return {
    line,
    secret: async (question) => {
      output.write(question);
      const text = await readHidden(input, signal).finally(() => output.write('\n'));
      if (text === null) throw stopped();
      return text === '' ? null : new Secret(text);
    },
    yes: async (question) => /^y(?:es)?$/i.test(await line(`${question} [y/N] `)),
  };
}

function stopped(): Failure {
  return new Failure('interrupted', 'Stopped: nothing was changed.', { hint: 'Run it again when you like.' });
}
