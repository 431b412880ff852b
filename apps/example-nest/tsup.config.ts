import { shared } from '@capi/config/tsup'
import { defineConfig } from 'tsup'

export default defineConfig({
  ...shared,
  entry: ['src/start.ts', 'src/main.ts', 'src/worker.ts'],
  format: ['esm'],
  dts: false,
})
