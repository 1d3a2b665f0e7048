// The first act: SIGUSR1 would open an inspector (security rule 22). Everything else is loaded after it.
process.on('SIGUSR1', () => {});
// A log that nobody reads any more is no reason to end half-way.
process.stdout.on('error', () => {});

const { runMain } = await import('./action/main.ts');

process.exitCode = await runMain(process);

export {};
