import shared from '@capi/config/vitest'
import { defineProject, mergeConfig } from 'vitest/config'

export default mergeConfig(
  shared,
  defineProject({
    test: {
      name: 'core',
      // One process for all files: core has no state that one could leave to another.
      isolate: false,
      setupFiles: '@capi/testing/random-inputs',
      typecheck: { tsconfig: './test/tsconfig.json' },
    },
  }),
)
