import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const BINARIES = { bun: 'bin/bun', deno: 'deno' } as const

export type Runtime = keyof typeof BINARIES

/**
 * The path of a runtime's binary. It lies in the one optional package that fits this machine, where it runs without the
 * install script that would move it.
 */
export function binary(runtime: Runtime): string {
  const require = createRequire(import.meta.url)
  const manifestPath = require.resolve(`${runtime}/package.json`)
  const { optionalDependencies } = JSON.parse(readFileSync(manifestPath, 'utf8')) as {
    readonly optionalDependencies: Readonly<Record<string, string>>
  }
  const { resolve } = createRequire(manifestPath)
  const extension = process.platform === 'win32' ? '.exe' : ''
  for (const name of Object.keys(optionalDependencies)) {
    try {
      return join(dirname(resolve(`${name}/package.json`)), BINARIES[runtime] + extension)
    } catch {
      // For another machine.
    }
  }
  throw new Error(`${runtime} has no binary for this machine: ${process.platform} ${process.arch}`)
}
