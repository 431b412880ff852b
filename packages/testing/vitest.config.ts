import { defineProject, mergeConfig } from 'vitest/config'
// @boundaries-ignore the shared configuration stands at the root
import shared from '../../tools/vitest.shared.ts'

export default mergeConfig(
  shared,
  defineProject({ test: { name: 'testing', testTimeout: 30_000 } }),
)
