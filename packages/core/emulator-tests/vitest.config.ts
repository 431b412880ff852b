import shared from '@capi/config/vitest'
import { defineProject, mergeConfig } from 'vitest/config'

export default mergeConfig(
  shared,
  defineProject({
    test: {
      name: 'core-emulator',
      isolate: false,
      setupFiles: '@capi/testing/random-inputs',
      typecheck: { enabled: false },
    },
  }),
)
