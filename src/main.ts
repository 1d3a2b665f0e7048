// The first act: SIGUSR1 would open an inspector (security rule 22). Everything else is loaded after it.
process.on('SIGUSR1', () => {});

const { runMain } = await import('./action/main.ts');
const interrupted = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interrupted.abort());

process.exitCode = await runMain({
  env: process.env,
  cwd: process.cwd(),
  signal: interrupted.signal,
  self: {
    pid: process.pid,
    user: process.getuid?.() ?? null,
    execPath: process.execPath,
    execArgv: process.execArgv,
    script: process.argv[1] ?? '',
  },
});

export {};
