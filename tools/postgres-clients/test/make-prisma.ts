import { execFileSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Makes Prisma's client, which is generated code. The schema engine, which only migrations need, is not downloaded. */
export function setup(): void {
  const cwd = fileURLToPath(new URL('..', import.meta.url))
  const prisma = dirname(createRequire(import.meta.url).resolve('prisma/package.json'))
  execFileSync(
    process.execPath,
    [join(prisma, 'build/index.js'), 'generate', '--schema', 'schema.prisma'],
    {
      cwd,
      env: {
        ...process.env,
        PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
        PRISMA_HIDE_UPDATE_MESSAGE: '1',
      },
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  )
}
