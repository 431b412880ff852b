import { execFileSync } from 'node:child_process'
import { type Build, type Builds, REPOSITORY } from '../baseline.ts'
import type { Figure, Measurement } from '../figure.ts'
import { median, rounds } from '../turns.ts'

const FLAGS = ['--expose-gc', '--initial-old-space-size=2048']
const PROGRAM = `${REPOSITORY}packages/express/bench/kept.ts`

interface Kept {
  readonly keptKb: number
  /** Full collections, which would hide what is kept. */
  readonly full: number
}

async function kept({ packages }: Build): Promise<number> {
  const args = [...FLAGS, PROGRAM, 'tracked', '4000', packages]
  const { keptKb, full }: Kept = JSON.parse(
    execFileSync(process.execPath, args, { encoding: 'utf8' }),
  )
  return full === 0 ? keptKb : Number.NaN
}

async function measure({ today, now }: Builds): Promise<readonly Figure[]> {
  const runs = await rounds({ now: () => kept(now), today: () => kept(today) }, { count: 3 })
  const known = (values: readonly number[]) => median(values.filter((one) => !Number.isNaN(one)))
  return [
    {
      name: 'Kept in memory after a tracked request of Express, before a full collection, KB',
      today: known(runs.today),
      now: known(runs.now),
      atMost: 2.5,
      bound:
        'The keys of delivered events, which are remembered for two days, and code that V8 compiles meanwhile.',
    },
  ]
}

export const keptMemory: Measurement = { title: 'memory that a request keeps', measure }
