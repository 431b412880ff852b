import { REPOSITORY } from './baseline.ts'
import { contestant, rounds } from './turns.ts'

type Drive = (durationMs: number) => Promise<{ readonly requests: number }>

interface Load {
  readonly openLoad: (port: number, connections: number, request?: string) => Promise<Drive>
  readonly getting: (path: string) => string
}

interface Report {
  readonly port: number
  /** Of all threads, since the process began. */
  readonly cpuMs: number
}

const LOAD = `${REPOSITORY}packages/express/bench/load.ts`
const CONNECTIONS = 16
/** Requests until V8 has compiled what they run. */
const WARM_UP = 20_000
const TURN_MS = 200
const COUNT = 20

/** A server in a process of its own. */
export interface Server {
  /** From the repository's root. */
  readonly file: string
  readonly args: readonly string[]
  /** Requested with GET. Default: an order that is posted. */
  readonly path?: string
}

/** What takes the events, at once. @returns its address, and how to end it. */
export async function startSink(): Promise<{ readonly url: string; close(): void }> {
  const sink = await contestant(`${REPOSITORY}packages/express/bench/sink.ts`, ['0'])
  const { port } = await sink.ask<Report>('report')
  return { url: `http://127.0.0.1:${port}`, close: () => sink.child.kill() }
}

/** Starts a server and warms it up. @returns a turn of requests, and how to end it. */
async function start({ file, args, path }: Server) {
  const { openLoad, getting } = (await import(LOAD)) as Load
  const server = await contestant(`${REPOSITORY}${file}`, args)
  const report = () => server.ask<Report>('report')
  const request = path === undefined ? [] : [getting(path)]
  const drive = await openLoad((await report()).port, CONNECTIONS, ...request)
  for (let served = 0; served < WARM_UP; ) served += (await drive(TURN_MS)).requests
  return {
    end: () => server.child.kill(),
    async turn(): Promise<number> {
      const before = await report()
      const { requests } = await drive(TURN_MS)
      return (((await report()).cpuMs - before.cpuMs) * 1_000) / requests
    },
  }
}

/** Microseconds of CPU time that a request costs each server, round by round. */
export async function cpuOfRequests<Name extends string>(
  servers: Readonly<Record<Name, Server>>,
): Promise<Readonly<Record<Name, number[]>>> {
  const started: [name: string, server: Awaited<ReturnType<typeof start>>][] = []
  for (const [name, server] of Object.entries<Server>(servers))
    started.push([name, await start(server)])
  const turns = Object.fromEntries(started.map(([name, server]) => [name, () => server.turn()]))
  const cpuUs = await rounds(turns as Record<Name, () => Promise<number>>, { count: COUNT })
  for (const [, server] of started) server.end()
  return cpuUs
}
