import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Reporter, TestModule, Vitest } from 'vitest/node'
import { type Counts, closingLine, countsFile, pace } from './counts.ts'

/**
 * Ends a run of Vitest with one plain line, `N passed, N failed, N skipped`, and leaves the counts in a file of the
 * package: `tools/run-tests.ts` sums them, those of cached runs too.
 */
export default class ClosingLine implements Reporter {
  #file = ''

  onInit({ config }: Vitest): void {
    this.#file = join(config.root, countsFile(pace()))
    rmSync(this.#file, { force: true })
  }

  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const n = { passed: 0, failed: errors.length, skipped: 0, pending: 0 }
    for (const module of modules) {
      const before = n.failed
      for (const test of module.children.allTests()) n[test.result().state]++
      if (module.state() === 'failed' && n.failed === before) n.failed++
    }
    const counts: Counts = { passed: n.passed, failed: n.failed, skipped: n.skipped + n.pending }
    mkdirSync(dirname(this.#file), { recursive: true })
    writeFileSync(this.#file, JSON.stringify(counts))
    process.on('exit', () => {
      // A library loaded beside the tests may have ended the process with a 0 of its own.
      if (counts.failed > 0) process.exitCode = 1
      console.log(closingLine(counts))
    })
  }
}
