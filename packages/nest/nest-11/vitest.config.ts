import { fileURLToPath } from 'node:url'
import shared from '@capi/config/vitest'
import { defineProject, mergeConfig } from 'vitest/config'

// The same sources and tests, with this folder's Nest in place of the package's own. An alias of the package manager
// (`nest11-core: npm:@nestjs/core@11`) would not do: its peer `@nestjs/common` is looked up by its true name.
const nest11 = fileURLToPath(new URL('./node_modules/@nestjs', import.meta.url))

export default mergeConfig(
  shared,
  defineProject({
    resolve: { alias: [{ find: /^@nestjs(?=\/)/, replacement: nest11 }] },
    test: {
      name: 'nest-11',
      isolate: false,
      include: ['../test/**/*.test.ts'],
      // A pattern with ** does not reach above this folder.
      exclude: ['../test/built.slow.test.ts'],
      typecheck: { enabled: false },
    },
  }),
)
