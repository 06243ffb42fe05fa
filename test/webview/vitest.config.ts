import { defineConfig } from 'vitest/config';

/** The page of a diagram in Chromium: apart from the other tests, because it needs a browser. */
export default defineConfig({ test: { include: ['test/webview/**/*.test.ts'], testTimeout: 60_000, hookTimeout: 120_000, expect: { poll: { timeout: 15_000 } } } });
