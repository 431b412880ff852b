/**
 * Requests per second with the module and without, interleaved, on loopback, on the built package:
 *   node bench/overhead.mjs [express|fastify] [rounds] [requests]
 * Each server is a process of its own; this one asks. `cpu` is the server's processor time for a request, all threads:
 * what bounds its requests per second, and what a busy machine disturbs least. Ratios are medians of neighbours.
 */
import { fork } from 'node:child_process'
import { Agent, request } from 'node:http'
import { createRequire } from 'node:module'

const [platform = 'express', rounds = '7', requests = '4000'] = process.argv.slice(2)
const KINDS = {
  without: ['/plain', '/intercepted'],
  module: ['/plain', '/tracked', '/service'],
  down: ['/plain', '/tracked'],
}

await measure()

async function measure() {
  const require = createRequire(import.meta.url)
  console.log(
    `${platform}, Nest ${require('@nestjs/core/package.json').version}, Node ${process.version}`,
  )
  const servers = {}
  for (const kind of Object.keys(KINDS)) {
    const child = fork(new URL('server.mjs', import.meta.url), [platform, kind])
    const { port } = await new Promise((resolve) => child.once('message', resolve))
    servers[kind] = { child, port }
  }
  const figures = {}
  for (let round = 0; round <= Number(rounds); round++) {
    for (const [kind, paths] of Object.entries(KINDS)) {
      for (const path of paths) {
        const result = await load(servers[kind], path, Number(requests))
        const name = `${kind} ${path}`
        figures[name] ??= []
        if (round > 0) figures[name].push(result) // The first warms up.
      }
    }
  }
  for (const { child } of Object.values(servers)) child.kill()
  const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]
  const base = figures['without /plain']
  for (const [name, results] of Object.entries(figures)) {
    const rate = median(results.map((one) => one.rate))
    const ratio = median(results.map((one, index) => one.rate / base[index].rate))
    const cpu = median(results.map((one) => one.cpuUs))
    const cpuRatio = median(results.map((one, index) => base[index].cpuUs / one.cpuUs))
    const p99 = median(results.map((one) => one.p99))
    console.log(
      `${name.padEnd(20)} ${rate.toFixed(0).padStart(7)} req/s  ratio ${ratio.toFixed(2)}  p99 ${p99.toFixed(1)} ms  cpu ${cpu.toFixed(0)} us  ratio ${cpuRatio.toFixed(3)}`,
    )
  }
}

function cpuOf(child) {
  return new Promise((resolve) => {
    child.once('message', ({ cpuMs }) => resolve(cpuMs * 1_000))
    child.send('cpu')
  })
}

async function load({ child, port }, path, count, connections = 24) {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const headers = { 'user-agent': 'Mozilla/5.0', cookie: '_fbp=fb.1.1596403881668.1116446470' }
  const times = []
  const one = () =>
    new Promise((resolve, reject) => {
      request({ port, host: '127.0.0.1', path, agent, headers }, (response) => {
        response.resume().once('end', resolve)
      })
        .once('error', reject)
        .end()
    })
  const worker = async () => {
    for (let from = performance.now(); asked < count; ) {
      asked++
      await one()
      const now = performance.now()
      times.push(now - from)
      from = now
    }
  }
  let asked = 0
  const cpu = await cpuOf(child)
  const from = performance.now()
  await Promise.all(Array.from({ length: connections }, worker))
  const rate = (times.length * 1000) / (performance.now() - from)
  await new Promise((resolve) => setTimeout(resolve, 300)) // What was queued is sent too.
  const cpuUs = ((await cpuOf(child)) - cpu) / count
  agent.destroy()
  return { rate, cpuUs, p99: times.sort((a, b) => a - b)[Math.floor(times.length * 0.99)] }
}
