// The longest the event loop stands still while another process holds the file of `sqliteIdentityStore`: run
// `node --conditions=@capi/source bench/identity-block.ts`. Prints milliseconds.
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import { sqliteIdentityStore } from '../src/sqlite.ts'

const HOLD_MS = 3_000
const [held] = process.argv.slice(2)
await (held === undefined ? measure() : hold(held))

/** The other process. */
async function hold(path: string): Promise<void> {
  const db = new DatabaseSync(path)
  db.exec('BEGIN IMMEDIATE')
  process.send?.('held')
  await sleep(HOLD_MS)
  db.exec('COMMIT')
  db.close()
}

async function measure(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'capi-identity-'))
  const path = join(folder, 'identity.db')
  const store = sqliteIdentityStore({ path })
  await store.put({ shop: 'a', cartToken: 'first' }, { consent: 'granted' })
  const other = fork(import.meta.filename, [path], { execArgv: process.execArgv })
  await once(other, 'message')
  let longestMs = 0
  let last = performance.now()
  const timer = setInterval(() => {
    longestMs = Math.max(longestMs, performance.now() - last)
    last = performance.now()
  }, 1)
  const outcomes = { kept: 0, failed: 0 }
  const end = performance.now() + HOLD_MS
  for (let n = 0; performance.now() < end; n++) {
    // As a request does: what it throws is not its own.
    const put = async () => store.put({ shop: 'a', cartToken: `cart-${n}` }, { consent: 'granted' })
    put().then(
      () => outcomes.kept++,
      () => outcomes.failed++,
    )
    await sleep(50)
  }
  await sleep(1_000)
  clearInterval(timer)
  console.log({ longestBlockMs: Math.round(longestMs), ...outcomes })
  await store.close()
  rmSync(folder, { recursive: true })
}
