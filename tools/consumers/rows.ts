export interface Rows {
  /** Runs a check, prints its line, and goes on when it fails. Resolves with whether it passed. */
  readonly check: (name: string, action: () => Promise<void>) => Promise<boolean>
  readonly skip: (name: string, reason: string) => void
  /** Prints the closing line. Resolves with whether nothing failed. */
  readonly close: () => boolean
}

export function createRows(print: (line: string) => void): Rows {
  const n = { passed: 0, failed: 0, skipped: 0 }
  return {
    async check(name, action) {
      const start = performance.now()
      try {
        await action()
      } catch (error) {
        n.failed++
        print(`FAIL  ${name}\n${indented(error instanceof Error ? error.message : String(error))}`)
        return false
      }
      n.passed++
      print(`ok    ${name}  ${((performance.now() - start) / 1000).toFixed(1)} s`)
      return true
    },
    skip(name, reason) {
      n.skipped++
      print(`skip  ${name}: ${reason}`)
    },
    close() {
      print(`${n.passed} passed, ${n.failed} failed, ${n.skipped} skipped`)
      return n.failed === 0
    },
  }
}

function indented(text: string): string {
  return text.trimEnd().replaceAll(/^/gm, '      ')
}
