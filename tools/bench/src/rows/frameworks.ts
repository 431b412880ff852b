import type { Builds } from '../baseline.ts'
import type { Figure, Measurement } from '../figure.ts'
import { cpuOfRequests, startSink } from '../servers.ts'
import { median, ratio } from '../turns.ts'

/** Nest on Express, with a route that `@TrackEvent` decorates; Fastify 5, to which an order is posted. */
async function measure({ today, now }: Builds): Promise<readonly Figure[]> {
  const sink = await startSink()
  const nest = (kind: string, path: string, packages: string) => ({
    file: 'packages/nest/bench/server.mjs',
    args: ['express', kind, packages],
    path,
  })
  const fastify = (variant: string) => ({
    file: 'packages/fastify/bench/server.ts',
    args: [variant, sink.url],
  })
  const cpuUs = await cpuOfRequests({
    nest: nest('without', '/plain', now.packages),
    nestTracked: nest('module', '/tracked', now.packages),
    nestTrackedToday: nest('module', '/tracked', today.packages),
    fastify: fastify('without'),
    fastifyTracked: fastify('tracked'),
  })
  sink.close()
  for (const [name, values] of Object.entries(cpuUs))
    console.log(`  ${name}: ${median(values).toFixed(0)} µs of CPU a request`)
  return [
    {
      name: 'Nest: CPU of a request without the module, of a tracked one',
      today: ratio(cpuUs.nest, cpuUs.nestTrackedToday),
      now: ratio(cpuUs.nest, cpuUs.nestTracked),
      atLeast: 0.36,
      bound: 'What a tracked request of Express costs, and an interceptor of Nest.',
    },
    {
      name: 'Fastify: CPU of a request without the plugin, of a tracked one',
      now: ratio(cpuUs.fastify, cpuUs.fastifyTracked),
      atLeast: 0.36,
      bound:
        'What a tracked request of Express costs, beside a framework that costs less by itself.',
    },
  ]
}

export const frameworks: Measurement = { title: 'requests of Nest and Fastify', measure }
