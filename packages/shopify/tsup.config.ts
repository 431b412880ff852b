import { shared } from '@capi/config/tsup'
import { defineConfig } from 'tsup'

// SQLite has an entry of its own: applications without it do not load it. The thread is a file of its own; shims:
// `import.meta.url` tells the CJS build where that file is.
export default defineConfig({
  ...shared,
  entry: {
    index: 'src/index.ts',
    sqlite: 'src/sqlite.ts',
    'capi-identity-worker': 'src/identity/identity-worker.ts',
  },
  dts: { entry: { index: 'src/index.ts', sqlite: 'src/sqlite.ts' } },
  shims: true,
})
