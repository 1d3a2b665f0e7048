// https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
import { randomUUID } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import type { Secret } from '../core/secret.ts';
import type { Voice } from './voice.ts';

type Write = (line: string) => void;

/** Workflow commands for the command line, which keeps stdout for data: `write` is stderr. The toolkit writes to stdout only. */
export function githubVoice(write: Write): Voice {
  return {
    mask: (forms: readonly Secret[]) => {
      for (const form of forms) write(`::add-mask::${escapeData(form.reveal())}`);
    },
    info: write,
    notice: (message) => write(`::notice::${escapeData(message)}`),
    warning: (message) => write(`::warning::${escapeData(message)}`),
    annotate: ({ severity, title, message, file, line }) => {
      const place =
        file === null ? '' : `file=${escapeProperty(file)},${line === null ? '' : `line=${line},`}`;
      write(`::${severity} ${place}title=${escapeProperty(title)}::${escapeData(message)}`);
    },
    section: (title) => {
      write(`::group::${escapeData(title)}`);
      return () => write('::endgroup::');
    },
  };
}

/** Appends variables to the file that `GITHUB_ENV` names: they are set in the later steps of the job. */
export function appendVariables(file: string, variables: Readonly<Record<string, string>>): void {
  const blocks = Object.entries(variables).map(([name, value]) => {
    const delimiter = `ghadelimiter_${randomUUID()}`;
    return `${name}<<${delimiter}\n${value}\n${delimiter}\n`;
  });
  appendFileSync(file, blocks.join(''));
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}
