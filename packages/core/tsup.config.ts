import { shared } from '@capi/config/tsup'
import { defineConfig } from 'tsup'

export default defineConfig({
  ...shared,
  entry: ['src/index.ts', 'src/adapter.ts', 'src/outbox.ts', 'src/outbox-test.ts', 'src/phone.ts'],
  // Loading it as five modules of its own takes longer than all of core; see docs/decisions/0012.
  noExternal: ['@noble/hashes'],
})
