import { execFileSync } from 'node:child_process'

/** What importing the built core costs a process: time and heap, medians over fresh processes. */
const ROUNDS = 15
const script = (format: string) => `
  ${format === 'esm' ? "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" : ''}
  globalThis.gc()
  const heap = process.memoryUsage().heapUsed
  const start = performance.now()
  ${format === 'esm' ? "await import('@capi/core')" : "require('@capi/core')"}
  const ms = performance.now() - start
  globalThis.gc()
  console.log(JSON.stringify({ ms, mib: (process.memoryUsage().heapUsed - heap) / 2 ** 20 }))
`

function median(values: readonly number[]): string {
  return (values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0).toFixed(2)
}

for (const format of ['esm', 'cjs'] as const) {
  const type = format === 'esm' ? 'module' : 'commonjs'
  const runs = Array.from({ length: ROUNDS }, () => {
    const args = ['--expose-gc', `--input-type=${type}`, '-e', script(format)]
    return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' })) as {
      ms: number
      mib: number
    }
  })
  const [ms, mib] = [median(runs.map((run) => run.ms)), median(runs.map((run) => run.mib))]
  console.log(`Node ${process.versions.node}, ${format}: ${ms} ms, ${mib} MiB of heap`)
}
