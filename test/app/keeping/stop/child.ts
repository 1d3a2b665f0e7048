import { doTask } from './task.ts';

/** One task in a process of its own, for tests that kill it. Ends with 0 when it came through. */
const { failures, talk } = await doTask(JSON.parse(process.argv[2] ?? ''));
process.stdout.write(
  `${JSON.stringify({ failures: failures.map(({ message, hint }) => `${message} ${hint}`), talk })}\n`,
);
process.exitCode = failures.length === 0 ? 0 : 1;
