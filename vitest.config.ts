import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

/** A folder for one JSON report per run: `.ci/run` sums them. */
const results = process.env.TEST_RESULTS;

/** `unit` needs npm, node and git; `real` needs the servers that scripts/install-real-parts.sh installs. */
export default defineConfig({
  test: {
    maxWorkers: '100%',
    reporters: results
      ? ['default', ['json', { outputFile: join(results, `${process.pid}.json`) }]]
      : ['default'],
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['test/real/**'],
          testTimeout: 30_000,
          // Tests keep no state in modules, so files may share a process: that halves the time.
          isolate: false,
        },
      },
      {
        test: {
          name: 'real',
          include: ['test/real/**/*.test.ts'],
          globalSetup: 'test/real/parts.ts',
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
