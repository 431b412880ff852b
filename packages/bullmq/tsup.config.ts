import { defineConfig } from 'tsup'
// @boundaries-ignore the shared configuration stands at the root
import { shared } from '../../tools/tsup.shared.ts'

export default defineConfig(shared)
