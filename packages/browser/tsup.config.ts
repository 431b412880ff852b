import { writeFileSync } from 'node:fs'
import { shared } from '@capi/config/tsup'
import { defineConfig } from 'tsup'
import { script } from './src/script.ts'

export default defineConfig({
  ...shared,
  entry: ['click-ids', 'index', 'react', 'script'].map((name) => `src/${name}.ts`),
  target: 'es2022',
  platform: 'neutral',
  // For pages without a bundler.
  async onSuccess() {
    writeFileSync('dist/capi.js', script.text)
  },
})
