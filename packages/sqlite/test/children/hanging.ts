// Offers events to an outbox whose disk hangs, then lets the disk go on. Says what became of them.
import { rmSync, writeFileSync } from 'node:fs'
import { CapiError } from '@capi/core'
import { outboxItem } from '@capi/core/outbox-test'
import { sqliteOutbox } from '../../src/index.ts'

const [path = '', flag = '', count = '0'] = process.argv.slice(2)
const time = { tickMs: 0, nowMs: Date.now() }
const outbox = sqliteOutbox({ path, lockTimeoutMs: 0 })
await outbox.put([outboxItem('first')], time)
writeFileSync(flag, '')
const body = JSON.stringify({ pad: 'x'.repeat(1_000) })
const tally = { accepted: 0, busy: 0, other: 0 }
const answers: Promise<unknown>[] = []
for (let n = 0; n < Number(count); n++) {
  const put = outbox.put([outboxItem(`e${n}`, { body })], time).then(
    ([result]) => tally[result === 'accepted' ? 'accepted' : 'other']++,
    (error: unknown) => {
      const isBusy =
        CapiError.is(error) && error.code === 'store_failed' && error.problem === 'busy'
      tally[isBusy ? 'busy' : 'other']++
    },
  )
  answers.push(put)
  if (n % 1_000 === 0) await new Promise(setImmediate)
}
const isHanging = tally.accepted === 0
rmSync(flag)
await Promise.all(answers)
const [late] = await outbox.put([outboxItem('late')], time)
const [counts] = Object.values(await outbox.counts())
await outbox.close()
process.stdout.write(JSON.stringify({ isHanging, ...tally, late, queued: counts?.queued }))
