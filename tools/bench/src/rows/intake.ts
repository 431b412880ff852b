import type { Build, Builds } from '../baseline.ts'
import type { Figure, Measurement } from '../figure.ts'
import { contestant, median, ratio, rounds } from '../turns.ts'

const start = ({ packages }: Build) =>
  contestant('contestants/intake.ts', [`${packages}/emulator/dist`])

async function measure({ today, now }: Builds): Promise<readonly Figure[]> {
  const [older, newer] = [await start(today), await start(now)]
  const micros = await rounds(
    { now: () => newer.ask<number>('round'), today: () => older.ask<number>('round') },
    { count: 9, warmUp: 2 },
  )
  for (const { child } of [older, newer]) child.kill()
  console.log(`  ${median(micros.now).toFixed(1)} µs of CPU an event`)
  return [
    {
      name: 'Emulator: events taken in batches of 100, of the earlier build',
      today: 1,
      now: ratio(micros.today, micros.now),
      atLeast: 2,
      bound:
        'Reading the call, judging each event as Meta does, pairing it and keeping the record of the call; findings are made later.',
    },
  ]
}

export const intake: Measurement = { title: 'the emulator’s intake', measure }
