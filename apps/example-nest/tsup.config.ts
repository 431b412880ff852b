import { defineConfig } from 'tsup'
// @boundaries-ignore the shared configuration stands at the root
import { shared } from '../../tools/tsup.shared.ts'

export default defineConfig({
  ...shared,
  entry: ['src/start.ts', 'src/main.ts', 'src/worker.ts'],
  format: ['esm'],
  dts: false,
})
