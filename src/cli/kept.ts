import type { Kept } from '../app/keeping/add-credential.ts';
import { checkJson } from '../report/check/json.ts';
import type { Arguments } from './arguments.ts';
import { testedResult, testText } from './keeping.ts';
import type { Shell } from './verb.ts';

/** Tells that a credential was saved: what its host says, and what is left to do. */
export function tellKept(
  name: string,
  { path, test, left }: Kept,
  { args, shell }: { args: Arguments; shell: Shell },
): void {
  const { voice } = shell.ci;
  if (args.on('json')) {
    const tested = test === null ? null : checkJson(testedResult(test, shell.now()));
    shell.print(
      `${JSON.stringify({ version: 1, manifest: path, credential: name, saved: !args.on('dry-run'), test: tested, left })}\n`,
    );
    return;
  }
  if (test !== null) for (const line of testText(test, shell).trimEnd().split('\n')) voice.info(line);
  voice.info(args.on('dry-run') ? `${name} would be saved in ${path}.` : `${name} is saved in ${path}.`);
  for (const line of left) voice.notice(line);
}
