import { shared } from '@capi/config/tsup'
import { defineConfig } from 'tsup'

// SQLite has an entry of its own: whoever does without it does not load it.
export default defineConfig({ ...shared, entry: ['src/index.ts', 'src/sqlite.ts'] })
