import shared from '@capi/config/vitest'
import { defineProject, mergeConfig } from 'vitest/config'

export default mergeConfig(
  shared,
  defineProject({
    test: {
      name: 'consumers',
      testTimeout: 60_000,
      hookTimeout: 300_000,
      typecheck: { enabled: false },
    },
  }),
)
