import { shared } from '@capi/config/tsup'
import { defineConfig } from 'tsup'

export default defineConfig({
  ...shared,
  entry: [
    'index',
    'adapter',
    'click-id',
    'collector',
    'health',
    'outbox',
    'outbox-test',
    'phone',
    'quality',
  ].map((name) => `src/${name}.ts`),
  // Loading it as five modules of its own takes longer than all of core; see docs/decisions/0012.
  noExternal: ['@noble/hashes'],
})
