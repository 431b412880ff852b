import { shared } from '@capi/config/tsup'
import { defineConfig } from 'tsup'

// The thread is a file of its own, under a name that no bundle of an application has; shims: `import.meta.url` tells the CJS build where that file is.
export default defineConfig({
  ...shared,
  entry: { index: 'src/index.ts', 'capi-sqlite-worker': 'src/thread/worker.ts' },
  dts: { entry: 'src/index.ts' },
  shims: true,
})
