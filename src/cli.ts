// The first act: SIGUSR1 would open an inspector (security rule 22). Everything else is loaded after it.
process.on('SIGUSR1', () => {});

const { runCommandLine } = await import('./cli/run.ts');
const { watchInterrupts } = await import('./system/interrupts.ts');
// Whoever reads from us may stop reading; that is no error.
process.stdout.on('error', () => {});

process.exitCode = await runCommandLine(process.argv.slice(2), {
  env: process.env,
  cwd: process.cwd(),
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  interrupts: watchInterrupts(process, ['SIGINT', 'SIGTERM', 'SIGHUP']),
  self: {
    pid: process.pid,
    user: process.getuid?.() ?? null,
    execPath: process.execPath,
    execArgv: process.execArgv,
    script: process.argv[1] ?? '',
  },
});

export {};
