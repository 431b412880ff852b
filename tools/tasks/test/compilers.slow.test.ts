import { execFile } from 'node:child_process'
import { createRequire } from 'node:module'
import { availableParallelism } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it, vi } from 'vitest'

const home = fileURLToPath(new URL('..', import.meta.url))
const { resolve } = createRequire(import.meta.url)

/** What users have, by the name it is installed under here. */
const COMPILERS = ['typescript59', 'typescript60', 'typescript']

/** @returns what it complains of */
function compile(compiler: string, exact: boolean): Promise<string> {
  const tsc = join(dirname(resolve(`${compiler}/package.json`)), 'bin/tsc')
  const options = ['-p', 'tsconfig.user.json', '--exactOptionalPropertyTypes', String(exact)]
  return new Promise((done) => {
    execFile(process.execPath, [tsc, ...options], { cwd: home }, (_error, stdout, stderr) =>
      done(stdout + stderr),
    )
  })
}

vi.setConfig({ maxConcurrency: availableParallelism() })

describe.concurrent('what users write compiles against the built packages', () => {
  const runs = COMPILERS.flatMap((compiler) => [
    [compiler, true] as const,
    [compiler, false] as const,
  ])
  it.each(runs)('with %s, exactOptionalPropertyTypes %s', async (compiler, exact) => {
    expect(await compile(compiler, exact)).toBe('')
  })
})
