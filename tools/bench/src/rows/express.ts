import type { Builds } from '../baseline.ts'
import type { Figure, Measurement } from '../figure.ts'
import { cpuOfRequests, startSink } from '../servers.ts'
import { median, ratio } from '../turns.ts'

const FILE = 'packages/express/bench/server.ts'

/** An order is posted; `by hand` is the least that code of one's own does: two hashes, the request's address and cookies, batches of 100. */
async function measure({ today, now }: Builds): Promise<readonly Figure[]> {
  const sink = await startSink()
  const server = (variant: string, packages: string) => ({
    file: FILE,
    args: [variant, sink.url, packages],
  })
  const cpuUs = await cpuOfRequests({
    without: server('without', now.packages),
    untracked: server('untracked', now.packages),
    byHand: server('by hand', now.packages),
    tracked: server('tracked', now.packages),
    untrackedToday: server('untracked', today.packages),
    trackedToday: server('tracked', today.packages),
  })
  sink.close()
  for (const [name, values] of Object.entries(cpuUs))
    console.log(`  ${name}: ${median(values).toFixed(0)} µs of CPU a request`)
  const bound =
    'Reading the request (address, page, cookies), the rules of the event, three hashes, and its way through the outbox.'
  return [
    {
      name: 'Express: CPU of a request that tracks nothing, of a tracked one',
      today: ratio(cpuUs.untrackedToday, cpuUs.trackedToday),
      now: ratio(cpuUs.untracked, cpuUs.tracked),
      atLeast: 0.36,
      bound,
    },
    {
      name: 'Express: CPU of a request tracked by hand, of a tracked one',
      today: ratio(cpuUs.byHand, cpuUs.trackedToday),
      now: ratio(cpuUs.byHand, cpuUs.tracked),
      atLeast: 0.65,
      bound: `${bound} By hand nothing is checked or repeated.`,
    },
    {
      name: 'Express: CPU of a request without the middleware, of one that tracks nothing',
      today: ratio(cpuUs.without, cpuUs.untrackedToday),
      now: ratio(cpuUs.without, cpuUs.untracked),
      atLeast: 0.98,
      bound: 'One object is put on the request; nothing is read.',
    },
  ]
}

export const express: Measurement = { title: 'requests of Express', measure }
