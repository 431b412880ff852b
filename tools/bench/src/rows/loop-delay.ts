import type { Builds } from '../baseline.ts'
import type { Figure, Measurement } from '../figure.ts'
import { startSink } from '../servers.ts'
import { contestant, median, rounds } from '../turns.ts'

const TURN_MS = 1_500

async function measure({ today, now }: Builds): Promise<readonly Figure[]> {
  const sink = await startSink()
  const start = (packages: string, url: string) =>
    contestant('contestants/loop-delay.ts', [`${packages}/core/dist`, url])
  const all = {
    idle: await start(now.packages, 'idle'),
    now: await start(now.packages, sink.url),
    today: await start(today.packages, sink.url),
  }
  const turn = (name: keyof typeof all) => () => all[name].ask<number>(TURN_MS)
  const delays = await rounds(
    { idle: turn('idle'), now: turn('now'), today: turn('today') },
    { count: 5, warmUp: 1 },
  )
  for (const { child } of Object.values(all)) child.kill()
  sink.close()
  const above = (values: readonly number[]) =>
    median(values.map((value, round) => value - (delays.idle[round] ?? Number.NaN)))
  return [
    {
      name: 'Event loop delay p99 at 2,000 events a second, above that of an idle process, ms',
      today: above(delays.today),
      now: above(delays.now),
      atMost: 3,
      bound: 'A batch of 100 events is read, sent and settled in one go.',
    },
  ]
}

export const loopDelay: Measurement = { title: 'the event loop’s delay', measure }
