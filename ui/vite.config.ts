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
    // The flyout, and the window for administrators: each loads only what is its own.
    rolldownOptions: { input: ['index.html', 'manage.html'] },
  },
  clearScreen: false,
  server: { host: '127.0.0.1', port: 5173, strictPort: true },
  test: {
    include: ['tests/**/*.test.ts'],
    environment: 'node',
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
