import { defineConfig } from 'tsup'
// @boundaries-ignore the shared configuration stands at the root
import { shared } from '../../tools/tsup.shared.ts'

export default defineConfig({
  ...shared,
  entry: ['src/index.ts', 'src/adapter.ts', 'src/phone.ts'],
  // Loading it as five modules of its own takes longer than all of core; see docs/decisions/0012.
  noExternal: ['@noble/hashes'],
})
