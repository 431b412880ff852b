/** What the module costs a request that tracks nothing: `node --conditions=@capi/source bench/enter.mjs`. */
import { CapiRuntime } from '../src/capi.runtime.ts'

const runtime = new CapiRuntime(
  undefined,
  { logger: { warn() {}, error() {} } },
  { name: 'bench', table: { shutdownTimeoutMs: 'any' } },
)
let middleware
runtime.mount({
  getType: () => 'express',
  use(given) {
    middleware = given
  },
})
const socket = { remoteAddress: '203.0.113.7' }
const response = { headersSent: false, writeHead() {}, once() {} }
for (const accept of ['application/json', 'text/html']) {
  const once = () =>
    middleware({ method: 'GET', url: '/', headers: { accept }, socket }, { ...response }, () => {})
  const rounds = []
  for (let round = 0; round < 15; round++) {
    const from = process.cpuUsage()
    for (let i = 0; i < 100_000; i++) once()
    const { user, system } = process.cpuUsage(from)
    rounds.push((user + system) / 100_000)
  }
  console.log(accept, `${rounds.toSorted((a, b) => a - b)[7].toFixed(2)} us`)
}
