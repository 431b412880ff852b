import { shared } from '@capi/config/tsup'
import { defineConfig } from 'tsup'

export default defineConfig({
  ...shared,
  // For `import.meta.url` in CommonJS: the page is read from beside the built code.
  shims: true,
  entry: ['src/index.ts', 'src/bin.ts', 'src/command.ts', 'src/vitest.ts', 'src/jest.ts'],
})
