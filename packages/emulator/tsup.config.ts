import { defineConfig } from 'tsup'
// @boundaries-ignore the shared configuration stands at the root
import { shared } from '../../tools/tsup.shared.ts'

export default defineConfig({
  ...shared,
  // For `import.meta.url` in CommonJS: the page is read from beside the built code.
  shims: true,
  entry: ['src/index.ts', 'src/bin.ts', 'src/vitest.ts', 'src/jest.ts'],
})
