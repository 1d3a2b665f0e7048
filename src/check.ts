// The first act: SIGUSR1 would open an inspector (security rule 22). Everything else is loaded after it.
process.on('SIGUSR1', () => {});
// A log that nobody reads any more is no reason to end half-way.
process.stdout.on('error', () => {});

const { runCheck } = await import('./action/check.ts');
const { watchInterrupts } = await import('./system/interrupts.ts');
const { selfOf } = await import('./system/self.ts');

process.exitCode = await runCheck({
  env: process.env,
  cwd: process.cwd(),
  signal: watchInterrupts(process, ['SIGINT', 'SIGTERM']).signal,
  self: selfOf(process),
});

export {};
