import { shared } from '@capi/config/tsup'
import { defineConfig } from 'tsup'

export default defineConfig({
  ...shared,
  entry: ['index'].map((name) => `src/${name}.ts`),
})
