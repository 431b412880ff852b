import type { Figure, Measurement } from '../figure.ts'
import { cpuOfRequests } from '../servers.ts'
import { ratio } from '../turns.ts'

const FILE = 'tools/bench/src/contestants/otel-shop.ts'

/** An order is posted and tracked, in a span of the shop's own, which every contestant pays for. */
async function measure(): Promise<readonly Figure[]> {
  const server = (variant: string) => ({ file: FILE, args: [variant] })
  const cpuUs = await cpuOfRequests({
    plain: server('plain'),
    metrics: server('metrics'),
    spans: server('spans'),
  })
  return [
    {
      name: 'OpenTelemetry: CPU of a tracked request with metrics, of one without',
      now: ratio(cpuUs.metrics, cpuUs.plain),
      atMost: 1.05,
      bound: 'A batch of events is counted once; an issue each time.',
    },
    {
      name: 'OpenTelemetry: the same with metrics, spans and links',
      now: ratio(cpuUs.spans, cpuUs.plain),
      atMost: 1.15,
      bound:
        'Each event keeps its trace, 55 characters, and the span of a request links to a hundred.',
    },
  ]
}

export const otel: Measurement = { title: 'OpenTelemetry', measure }
