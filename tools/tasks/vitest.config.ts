import { files, reporting } from '@capi/config/vitest'
import { defineConfig } from 'vitest/config'

// Without the shared conditions: these tests load the built packages, as users do.
export default defineConfig({
  test: {
    ...reporting,
    name: 'tasks',
    ...files,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
})
