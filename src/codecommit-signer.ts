import { readFileSync } from 'node:fs';
import process from 'node:process';
import { answerCodeCommit, readAwsKeys } from './core/codecommit-credential.ts';

/**
 * Door: the program that git asks for a CodeCommit password, since path and minute are signed. A session holds a copy of
 * it, so that it stays when the action's folder goes. Its one argument is the file with the keys; git's question is on
 * standard input. It says nothing when it cannot answer, and git goes on as without it.
 */
process.on('SIGUSR1', () => {});
try {
  const keys = readAwsKeys(readFileSync(process.argv[2] ?? '', 'utf8'));
  process.stdout.write(answerCodeCommit(readFileSync(0, 'utf8'), keys, new Date()));
} catch {
  // The error could quote the keys.
  process.exitCode = 1;
}
