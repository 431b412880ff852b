import { defineConfig } from 'vite'

// Files with fixed names beside the emulator's own code: `src/page/page-routes.ts` serves them.
export default defineConfig({
  root: import.meta.dirname,
  base: '/__capi/',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: '../dist/page',
    emptyOutDir: true,
    target: 'es2023',
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    assetsInlineLimit: 0,
    modulePreload: false,
    cssCodeSplit: false,
    rolldownOptions: {
      output: {
        entryFileNames: 'page.js',
        chunkFileNames: '[name].js',
        assetFileNames: 'page.[ext]',
      },
    },
  },
})
