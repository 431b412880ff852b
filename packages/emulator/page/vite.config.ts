import { defaultClientConditions, defineConfig } from 'vite'

// Files with fixed names beside the emulator's own code: `src/page/page-routes.ts` serves them.
export default defineConfig({
  root: import.meta.dirname,
  base: '/__capi/',
  // What is bundled of core comes from its sources: no build of it is needed, and what is not used stays out.
  resolve: { conditions: ['@capi/source', ...defaultClientConditions] },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact', development: false } },
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
