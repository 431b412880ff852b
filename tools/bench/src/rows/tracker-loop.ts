import type { Build, Builds } from '../baseline.ts'
import type { Figure, Measurement } from '../figure.ts'
import { contestant, median, ratio, rounds } from '../turns.ts'

const SLICES = 8

async function measure({ today, now }: Builds): Promise<readonly Figure[]> {
  const start = (kind: string, { packages }: Build) =>
    contestant('contestants/tracker-loop.ts', [kind, `${packages}/core/dist`])
  const all = {
    core: await start('core', now),
    tracker: await start('tracker', now),
    coreToday: await start('core', today),
    trackerToday: await start('tracker', today),
  }
  // The median of a few slices: one in which memory is collected says nothing.
  const turn = (name: keyof typeof all) => async () =>
    median(await all[name].ask<readonly number[]>(SLICES))
  const took = await rounds(
    {
      core: turn('core'),
      tracker: turn('tracker'),
      coreToday: turn('coreToday'),
      trackerToday: turn('trackerToday'),
    },
    { count: 16, warmUp: 10 },
  )
  for (const { child } of Object.values(all)) child.kill()
  for (const [name, values] of Object.entries(took))
    console.log(`  ${name}: ${median(values).toFixed(1)} µs of CPU an event`)
  return [
    {
      name: 'CPU of an event by a request’s tracker, of one by a client’s scope',
      today: ratio(took.trackerToday, took.coreToday),
      now: ratio(took.tracker, took.core),
      atMost: 1.1,
      bound:
        'A tracker is made for each event, and what the request says is merged with it once more.',
    },
  ]
}

export const trackerLoop: Measurement = { title: 'trackers in a loop', measure }
