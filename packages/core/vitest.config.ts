import shared from '@capi/config/vitest'
import { defineProject, mergeConfig } from 'vitest/config'

export default mergeConfig(
  shared,
  defineProject({
    test: {
      name: 'core',
      setupFiles: '@capi/testing/random-inputs',
      typecheck: { tsconfig: './test/tsconfig.json' },
    },
  }),
)
