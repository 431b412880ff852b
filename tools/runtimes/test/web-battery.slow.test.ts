import { remoteBattery } from '@capi/testing'
import type { RequestCase } from '@capi/testing/remote-cases'
import { afterAll, beforeAll } from 'vitest'
import { RUNTIMES, type StartedProgram, startProgram } from '../src/run-program.ts'
import { type RunningWorker, startWorker } from '../src/start-worker.ts'

const ADAPTERS = ['web', 'hono']
const SEVERAL_HOSTS = 'the page’s address takes the host of an absolute target'
const LINES = 'takes the first of two referrers'

/** What these servers answer or rewrite by themselves, before a handler sees it. Of hosts: any that is no name. */
const OWN = {
  bun: { rewrites: [SEVERAL_HOSTS], mindsHosts: false },
  deno: {
    rewrites: [
      'the page’s address is nothing without a host',
      'the page’s address is nothing with a path in the host',
    ],
    mindsHosts: false,
  },
  node: { rewrites: [], mindsHosts: true },
  workerd: { rewrites: [SEVERAL_HOSTS], mindsHosts: true },
}

function leavesOut({ name, setup, request = {} }: RequestCase, runtime: keyof typeof OWN) {
  const { rewrites, mindsHosts }: { rewrites: readonly string[]; mindsHosts: boolean } =
    OWN[runtime]
  const { host = 'shop.example' } = request
  const isHost =
    host !== null && URL.canParse(`http://${host}`) && new URL(`http://${host}`).host === host
  if (mindsHosts && !isHost) return 'the server answers by itself'
  if (rewrites.includes(name)) return 'the server rewrites the address'
  if (name.endsWith(LINES)) return 'Headers of the web join the lines'
  if (request.isEncrypted === true) return 'the server has no certificate'
  return Array.isArray(setup?.trust) && 'behind fetch, a platform says who is connected'
}

for (const runtime of RUNTIMES) {
  let program: StartedProgram
  beforeAll(async () => {
    program = await startProgram(runtime, 'web-battery')
  })
  afterAll(() => program[Symbol.asyncDispose]())
  for (const [index, adapter] of ADAPTERS.entries())
    remoteBattery({
      name: `${adapter} on ${runtime}`,
      port: () => JSON.parse(program.line)[index],
      leavesOut: (one) => leavesOut(one, runtime),
    })
}

for (const adapter of ADAPTERS) {
  let worker: RunningWorker
  beforeAll(async () => {
    worker = await startWorker({ file: 'web-battery.ts' }, { bindings: { ADAPTER: adapter } })
  })
  afterAll(() => worker[Symbol.asyncDispose]())
  remoteBattery({
    name: `${adapter} in workerd`,
    port: () => worker.port,
    leavesOut: (one) => leavesOut(one, 'workerd'),
  })
}
