import { execFileSync } from 'node:child_process'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

const ROUNDS = 9

const script = (file: string): string => `
  const start = performance.now()
  await import(${JSON.stringify(pathToFileURL(resolve(file)).href)})
  console.log(performance.now() - start)
  process.exit()
`

/** Milliseconds a new process needs to import this file, with all that it imports: the median of nine. */
export function importTimeMs(file: string): number {
  const run = () =>
    Number(
      execFileSync(process.execPath, ['--input-type=module', '-e', script(file)], {
        encoding: 'utf8',
      }),
    )
  const times = Array.from({ length: ROUNDS }, run).sort((a, b) => a - b)
  return times[(ROUNDS - 1) / 2] ?? Number.NaN
}
