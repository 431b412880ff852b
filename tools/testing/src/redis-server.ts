import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

export interface RedisServer {
  readonly host: string
  readonly port: number
  /** `kill -9` and start again on the same port and folder, after `awayMs`. */
  restart(awayMs?: number): Promise<void>
  /** Lets it stand still for so long, its connections open: as a stopped container, or a disk that hangs. */
  freeze(ms: number): Promise<void>
  kill(): Promise<void>
  stop(): Promise<void>
}

/** Whether there is a `redis-server` to start. */
export function hasRedis(): boolean {
  try {
    execFileSync('redis-server', ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

/** A server of its own, in a folder that goes with it. `settings` are lines of its configuration file. */
export async function startRedis(...settings: readonly string[]): Promise<RedisServer> {
  const folder = mkdtempSync(join(tmpdir(), 'capi-redis-'))
  const [host, port] = ['127.0.0.1', await freePort()]
  const own = [`bind ${host}`, `port ${port}`, `dir ${folder}`, 'save ""', ...settings]
  let child: ChildProcess

  async function start(): Promise<void> {
    child = spawn('redis-server', ['-'], { stdio: ['pipe', 'ignore', 'ignore'] })
    child.stdin?.end(own.join('\n'))
    while (!(await answers(host, port))) await sleep(10)
  }

  async function kill(signal: NodeJS.Signals): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return
    const ended = once(child, 'exit')
    child.kill(signal)
    await ended
  }

  await start()
  return {
    host,
    port,
    kill: () => kill('SIGKILL'),
    async restart(awayMs = 0) {
      await kill('SIGKILL')
      await sleep(awayMs)
      await start()
    },
    async freeze(ms) {
      child.kill('SIGSTOP')
      await sleep(ms)
      child.kill('SIGCONT')
    },
    async stop() {
      await kill('SIGKILL')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** True once it takes commands: it answers PING already while it reads its files, with an error. */
function answers(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, host, () => socket.write('PING\r\n'))
    socket.once('data', (answer) => {
      socket.destroy()
      resolve(String(answer).startsWith('+PONG'))
    })
    socket.once('error', () => resolve(false))
  })
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (typeof address !== 'object' || address === null) throw new Error('no port is free')
  return address.port
}
