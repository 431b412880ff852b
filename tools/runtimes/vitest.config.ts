import { defineProject, mergeConfig } from 'vitest/config'
// @boundaries-ignore the shared configuration stands at the root
import shared from '../vitest.shared.ts'

export default mergeConfig(
  shared,
  defineProject({ test: { name: 'runtimes', typecheck: { enabled: false } } }),
)
