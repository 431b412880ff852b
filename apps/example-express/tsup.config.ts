import { shared } from '@capi/config/tsup'
import { defineConfig } from 'tsup'

export default defineConfig({
  ...shared,
  entry: ['src/start.ts', 'src/main.ts'],
  format: ['esm'],
  dts: false,
})
