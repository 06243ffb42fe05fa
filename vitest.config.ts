import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // A run on a loaded machine may be slow; no test depends on time.
    testTimeout: 60_000,
  },
});
