import { defineConfig } from 'vitest/config';

/** `unit` needs npm, node and git; `real` needs the servers that scripts/install-real-parts.sh installs. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['test/real/**'],
          testTimeout: 30_000,
        },
      },
      {
        test: { name: 'real', include: ['test/real/**/*.test.ts'], testTimeout: 60_000, hookTimeout: 60_000 },
      },
    ],
  },
});
