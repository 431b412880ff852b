import { type ChildProcess, fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { makeFile } from './make-file.ts'

/**
 * By hand, on Linux, after a build: `node bench/run.ts [rows] [kill]`. Rows a second and resident memory of `capi import` against a server
 * that answers at once; with `kill`, it is killed twice on the way and resumed, and every row has to arrive.
 */
const rows = Number(process.argv[2] ?? 1_000_000)
const isKilled = process.argv[3] === 'kill'
const BIN = fileURLToPath(new URL('../dist/bin.js', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'capi-bench-'))
const path = join(folder, 'till.csv')
await makeFile(path, rows)
const server = fork(
  fileURLToPath(new URL('answer-at-once.ts', import.meta.url)),
  isKilled ? ['ids'] : [],
)
const [port] = (await once(server, 'message')) as [number]
const url = `http://127.0.0.1:${port}`

function start(...more: string[]): ChildProcess {
  const env = {
    ...process.env,
    META_PIXEL_ID: '1234567890',
    META_CAPI_ACCESS_TOKEN: 't',
    CAPI_BASE_URL: url,
  }
  return spawn(process.execPath, [BIN, 'import', path, '--live', '--json', ...more], {
    env,
    stdio: ['ignore', 'inherit', 'ignore'],
  })
}

const settled = (): number => {
  try {
    return (JSON.parse(readFileSync(`${path}.capi.json`, 'utf8')) as { counts: { orders: number } })
      .counts.orders
  } catch {
    return 0
  }
}

/** Seconds of all its threads, as the kernel counts. */
function cpuSeconds({ pid }: ChildProcess): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
  return (Number(fields[11]) + Number(fields[12])) / 100
}

/** Kilobytes, as the kernel counts. */
function resident({ pid }: ChildProcess, field: string): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  return Number(RegExp(`^${field}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0)
}

if (isKilled) {
  for (const part of [0.3, 0.6]) {
    const child = start(...(part > 0.3 ? ['--resume'] : []))
    while (settled() < rows * part) await wait(20)
    child.kill('SIGKILL')
    await once(child, 'close')
    console.log(`killed at ${settled()} settled rows`)
  }
}

const startMs = performance.now()
const child = start(...(isKilled ? ['--resume'] : []))
const samples: number[] = []
let peak = 0
let cpu = 0
const timer = setInterval(() => {
  try {
    samples.push(Math.round(resident(child, 'VmRSS') / 1_024))
    cpu = cpuSeconds(child)
    peak = Math.max(peak, resident(child, 'VmHWM'))
  } catch {
    // It has just ended.
  }
}, 500)
await once(child, 'close')
clearInterval(timer)
const seconds = (performance.now() - startMs) / 1_000
const step = Math.max(1, Math.floor(samples.length / 12))
console.log(
  `${Math.round(rows / seconds)} rows/s over ${seconds.toFixed(1)} s (load ${loadavg()[0]?.toFixed(1)}), ${((cpu / rows) * 1e6).toFixed(1)} µs of CPU a row, peak ${Math.round(peak / 1_024)} MiB`,
)
console.log(
  `resident MiB on the way: ${samples.filter((_, index) => index % step === 0).join(' ')}`,
)
if (isKilled) console.log(await (await fetch(`${url}/ids`)).text())
server.disconnect()
