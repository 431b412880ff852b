import type { OptionTable } from '../option/option-table.ts'
import { readOptions } from '../option/read-options.ts'
import { systemClock } from '../runtime/clock.ts'
import { consoleLogger } from '../runtime/logger.ts'

/** What ends the process, and how long that may take. */
export interface ShutdownOptions {
  /** Milliseconds for everything; default 10,000. Half of it is for requests that still run. */
  readonly timeoutMs?: number | undefined
  /** Default: SIGTERM and SIGINT. */
  readonly signals?: readonly string[] | undefined
}

/** A server of `node:http`, a Fastify instance, or one like them. */
interface ClosableServer {
  /** Takes no more requests; calls back when the last one was answered. */
  close(done?: () => void): unknown
  /** Ends connections without a request. */
  closeIdleConnections?(): void
  /** Ends the others too, at the deadline. */
  closeAllConnections?(): void
  /** Fastify's: Node's own server, which has the connections. */
  readonly server?: ClosableServer | undefined
}

/** What `Bun.serve` returns. */
interface StoppableServer {
  /** Takes no more requests, and resolves when the last one was answered; with true it ends connections. */
  stop(closeActiveConnections?: boolean): unknown
}

/** What `Deno.serve` returns. */
interface ShutdownServer {
  /** Takes no more requests, and resolves when the last one was answered. */
  shutdown(): Promise<unknown>
}

type AnyServer = ClosableServer | StoppableServer | ShutdownServer

/** A client, what `capiMiddleware()` returns, or anything else that delivers before it closes. */
interface Closable<Result> {
  /** Delivers what waits, and resolves with what came of it. */
  close(options: {
    /** Milliseconds left. */
    readonly timeoutMs: number
  }): Promise<Result>
}

/** Node's `process`, as far as it is used here; runtimes without signals have none. */
interface Process {
  readonly pid: number
  on(signal: string, listener: (signal: string) => void): unknown
  removeListener(signal: string, listener: (signal: string) => void): unknown
  listenerCount(signal: string): number
  kill(pid: number, signal: string): unknown
}

const SHUTDOWN_OPTIONS = {
  timeoutMs: 'any',
  signals: 'any',
} as const satisfies OptionTable<ShutdownOptions>

/** One Ctrl-C can arrive twice: from the terminal, and again from the package manager. */
const SAME_KEY_PRESS_MS = 500

/** A connection is kept after its last response, and the server would wait for it: it is ended this soon. */
const IDLE_CHECK_MS = 50

/**
 * On SIGTERM or Ctrl-C: takes no more requests, lets those that run end, delivers what waits, and then lets the
 * signal have its way, unless somebody else listens to it too. A second signal does not wait.
 * @param server of `node:http`, a Fastify instance, or what `Bun.serve` or `Deno.serve` returned; undefined where there is none, as in a
 * worker.
 * @param client a client, what `capiMiddleware()` returns, or anything else with a `close`.
 * @returns does the same without a signal; harmless twice. Rejects only if the client's `close` does.
 * @example closeOnShutdown(server, capi)
 */
export function closeOnShutdown<Result>(
  server: AnyServer | undefined,
  client: Closable<Result>,
  options: ShutdownOptions = {},
): () => Promise<Result> {
  const { timeoutMs = 10_000, signals = ['SIGTERM', 'SIGINT'] } = readOptions(options, {
    name: 'closeOnShutdown',
    table: SHUTDOWN_OPTIONS,
    warn: (line) => consoleLogger.warn(`@capi/core: ${line}`),
  })
  const { process } = globalThis as { readonly process?: Process }
  let closing: Promise<Result> | undefined
  let signalledAtTick: number | undefined

  function shutdown(): Promise<Result> {
    closing ??= close().finally(stopListening)
    return closing
  }

  function stopListening(): void {
    for (const signal of signals) process?.removeListener(signal, onSignal)
  }

  async function close(): Promise<Result> {
    const startTick = systemClock.tick()
    if (server !== undefined) await ended(server, timeoutMs / 2)
    const tookMs = systemClock.tick() - startTick
    return await client.close({ timeoutMs: Math.max(0, timeoutMs - tookMs) })
  }

  function onSignal(signal: string): void {
    const tick = systemClock.tick()
    signalledAtTick ??= tick
    const isAgain = tick - signalledAtTick > SAME_KEY_PRESS_MS
    if (isAgain) stopListening()
    const goOn = () => {
      if (process?.listenerCount(signal) === 0) process.kill(process.pid, signal)
    }
    void (isAgain ? Promise.resolve() : shutdown()).then(goOn, goOn)
  }

  for (const signal of signals) process?.on(signal, onSignal)
  return shutdown
}

/** Resolves when every request was answered, or at the deadline, when the rest is cut. */
function ended(server: AnyServer, deadlineMs: number): Promise<void> {
  const connections = connectionsOf(server)
  return new Promise((resolve) => {
    let cancelCheck = () => {}
    const cancelDeadline = systemClock.after(
      deadlineMs,
      () => {
        connections?.closeAllConnections?.()
        finish()
      },
      true,
    )
    function finish(): void {
      cancelDeadline()
      cancelCheck()
      resolve()
    }
    function endIdle(): void {
      connections?.closeIdleConnections?.()
      cancelCheck = systemClock.after(IDLE_CHECK_MS, endIdle)
    }
    if ('close' in server) server.close(finish)
    else {
      const stopped = 'stop' in server ? server.stop() : server.shutdown()
      Promise.resolve(stopped).then(finish, finish)
    }
    endIdle()
  })
}

function connectionsOf(server: AnyServer): Partial<ClosableServer> | undefined {
  if ('close' in server) return server.closeIdleConnections === undefined ? server.server : server
  return 'stop' in server ? { closeAllConnections: () => void server.stop(true) } : undefined
}
