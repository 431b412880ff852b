import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Build, Builds } from '../baseline.ts'
import type { Figure, Measurement } from '../figure.ts'
import { median, rounds } from '../turns.ts'

const PROGRAM = fileURLToPath(new URL('../contestants/memory-outbox.ts', import.meta.url))

/** The last 10,000 of 200,000 events, of the first. */
async function growth({ packages }: Build): Promise<number> {
  const args = [PROGRAM, `${packages}/core/dist`]
  const took: number[] = JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' }))
  return (took.at(-1) ?? Number.NaN) / (took[0] ?? Number.NaN)
}

async function measure({ today, now }: Builds): Promise<readonly Figure[]> {
  const runs = await rounds({ now: () => growth(now), today: () => growth(today) }, { count: 5 })
  return [
    {
      name: 'Memory outbox: time of an event after 190,000 others, of one of the first 10,000',
      today: median(runs.today),
      now: median(runs.now),
      atMost: 2,
      bound: 'A key is looked for among those of 200,000 delivered events, in buckets of 16,384.',
    },
  ]
}

export const memoryOutbox: Measurement = { title: 'the memory outbox', measure }
