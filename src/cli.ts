// The first act: SIGUSR1 would open an inspector (security rule 22). Everything else is loaded after it.
process.on('SIGUSR1', () => {});

if (Number(process.versions.node.split('.')[0]) < 20) {
  process.stderr.write(`error: Node ${process.versions.node} is too old.\nhint: Use Node 20 or newer.\n`);
  process.exit(2);
}

const { runCommandLine } = await import('./cli/run.ts');
const { watchInterrupts } = await import('./system/interrupts.ts');
const { selfOf } = await import('./system/self.ts');
// Talk that nobody hears is no reason to end before what we did is undone.
process.stderr.on('error', () => {});
// Whoever reads from us may stop reading, which is no error; a full disk is one.
process.stdout.on('error', ({ code }: NodeJS.ErrnoException) => {
  if (code === 'EPIPE') return;
  process.stderr.write('error: What belongs on standard output could not be written.\n');
  process.exitCode = 1;
});

const exitCode = await runCommandLine(process.argv.slice(2), {
  env: process.env,
  cwd: process.cwd(),
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  interrupts: watchInterrupts(process, ['SIGINT', 'SIGTERM', 'SIGHUP']),
  self: selfOf(process),
});
process.exitCode ||= exitCode;

export {};
