import { defineConfig } from 'tsup'
// @boundaries-ignore the shared configuration stands at the root
import { shared } from '../../tools/tsup.shared.ts'

// SQLite has an entry of its own: whoever does without it does not load it.
export default defineConfig({ ...shared, entry: ['src/index.ts', 'src/sqlite.ts'] })
