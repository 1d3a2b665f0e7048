// The first act: SIGUSR1 would open an inspector (security rule 22). Everything else is loaded after it.
process.on('SIGUSR1', () => {});
// A log that nobody reads any more is no reason to end half-way.
process.stdout.on('error', () => {});
// A job that is cancelled is cleaned up all the same; that takes seconds.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => {});

const { runPost } = await import('./action/post.ts');

await runPost({ env: process.env, self: { user: process.getuid?.() ?? null } });

export {};
