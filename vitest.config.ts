import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // In Chromium: npm run test:webview.
    exclude: ['test/webview/**'],
    setupFiles: ['test/support/property-seed.ts'],
    // A run on a loaded machine may be slow; no test depends on time.
    testTimeout: 60_000,
  },
});
