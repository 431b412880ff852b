import { defineProject } from 'vitest/config'

// Without the shared configuration: these tests load the built packages, as users do.
export default defineProject({
  test: {
    name: 'tasks',
    include: ['test/**/*.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
})
