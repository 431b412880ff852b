export interface Rows {
  /** Runs a check, prints its line, and goes on when it fails. Resolves with whether it passed. */
  readonly check: (name: string, action: () => Promise<void>) => Promise<boolean>
  /** The same, or `skip` when there is a reason to. */
  readonly checkUnless: (
    reason: string | undefined,
    name: string,
    action: () => Promise<void>,
  ) => Promise<void>
  readonly skip: (name: string, reason: string) => void
  /** Prints the closing line. Resolves with whether nothing failed. */
  readonly close: () => boolean
}

export function createRows(print: (line: string) => void): Rows {
  const n = { passed: 0, failed: 0, skipped: 0 }
  async function check(name: string, action: () => Promise<void>): Promise<boolean> {
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
  }
  function skip(name: string, reason: string): void {
    n.skipped++
    print(`skip  ${name}: ${reason}`)
  }
  return {
    check,
    skip,
    async checkUnless(reason, name, action) {
      if (reason === undefined) await check(name, action)
      else skip(name, reason)
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
