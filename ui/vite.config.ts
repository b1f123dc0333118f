import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

import manifest from './package.json' with { type: 'json' };

export default defineConfig({
  // Relative, so that the files work below any address the window is served from.
  base: './',
  plugins: [svelte()],
  define: { __VERSION__: JSON.stringify(manifest.version) },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: ['es2022', 'safari16', 'chrome111'],
    // The window's policy allows scripts and styles of its own files only: nothing inline, no data: addresses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // The licences of others are one text, read by whoever opens their page.
    chunkSizeWarningLimit: 1_000,
    // The flyout, and the window for administrators: each loads only what is its own.
    rolldownOptions: {
      input: ['index.html', 'manage.html'],
      output: {
        codeSplitting: {
          groups: [
            // Light or dark is known before the language is there: a file of its own does not wait for it.
            { name: 'appearance', test: /lib\/appearance/ },
            // What several parts need is one file, which compresses better than many. Not what is said in a language, which
            // must not stand in line behind itself, and not what only some ever read.
            {
              name: 'shared',
              test: /src\/(lib\/(?!messages\/|sign-in-messages|consent)|components)/,
              minShareCount: 2,
            },
          ],
        },
      },
    },
  },
  clearScreen: false,
  server: { host: '127.0.0.1', port: 5173, strictPort: true },
  test: {
    projects: [
      { extends: true, test: { name: 'parts', include: ['tests/unit/**/*.test.ts'] } },
      {
        extends: true,
        test: {
          name: 'window',
          include: ['tests/{gallery,hostile}/**/*.test.ts'],
          globalSetup: 'tests/gallery/build.ts',
        },
      },
    ],
    environment: 'node',
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // What is waited for may take its time on a machine that plays other tests beside these.
    expect: { poll: { timeout: 30_000 } },
  },
});
