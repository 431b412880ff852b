import { execFileSync } from 'node:child_process'
import { pathToFileURL } from 'node:url'
import { type Build, type Builds, coreDist } from '../baseline.ts'
import type { Figure, Measurement } from '../figure.ts'
import { ratio, rounds } from '../turns.ts'

interface Start {
  readonly importMs: number
  readonly firstEventMs: number
}

/** A process imports core, makes a client, comes to rest, and tracks its first event, as a shop's first customer does. */
const program = (dist: string) => `
  const before = performance.now()
  const { createCapi } = await import(${JSON.stringify(pathToFileURL(`${dist}/index.js`).href)})
  const importMs = performance.now() - before
  const capi = createCapi({
    pixelId: '1234567890', accessToken: 'token', logger: { warn() {}, error() {} },
    fetch: () => new Promise(() => {}),
  })
  await new Promise((resolve) => setTimeout(resolve, 100))
  const start = performance.now()
  await capi.track('Purchase', { value: 12.5, currency: 'EUR', content_ids: ['mug'] }, {
    event_id: 'order.1', action_source: 'website', event_source_url: 'https://shop.example/order',
    user_data: { em: 'Anna@Example.com', ph: '+41791234567', fn: 'Anna', ln: 'Muster', ct: 'Bern', country: 'CH',
      client_ip_address: '203.0.113.7', client_user_agent: 'Mozilla/5.0' },
  })
  console.log(JSON.stringify({ importMs, firstEventMs: performance.now() - start }))
  process.exit()
`

function start(build: Build): Promise<Start> {
  const args = ['--input-type=module', '-e', program(coreDist(build))]
  return Promise.resolve(JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' })))
}

async function measure({ today, now }: Builds): Promise<readonly Figure[]> {
  const starts = await rounds(
    { now: () => start(now), today: () => start(today) },
    { count: 25, warmUp: 2 },
  )
  const of = (what: keyof Start) => ({
    now: starts.now.map((one) => one[what]),
    today: starts.today.map((one) => one[what]),
  })
  const [imports, events] = [of('importMs'), of('firstEventMs')]
  return [
    {
      name: 'Import of core, of the earlier build',
      today: 1,
      now: ratio(imports.now, imports.today),
      atMost: 0.9,
      bound: 'Most of it is V8 reading the text of the package, which grew with the rules.',
    },
    {
      name: 'First event after it, of the earlier build',
      today: 1,
      now: ratio(events.now, events.today),
      atMost: 0.4,
      bound:
        'Code that runs for the first time is interpreted; the tables of the rules are made then.',
    },
  ]
}

export const starting: Measurement = { title: 'starting', measure }
