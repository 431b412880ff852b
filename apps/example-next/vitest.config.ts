import shared from '@capi/config/vitest'
import { defineProject, mergeConfig } from 'vitest/config'

export default mergeConfig(
  shared,
  // One build of Next and one start, for all files.
  defineProject({ test: { name: 'example-next', globalSetup: './test/build-and-start.ts' } }),
)
