import type { Server } from 'node:http'
import type { Capi, FlushResult } from '@capi/core'
import { readOptions } from '@capi/core/adapter'
import { SHUTDOWN_OPTIONS } from './option-tables.ts'
import { warnLine } from './warn-once.ts'

/** What ends the server, and how long that may take. */
export interface ShutdownOptions {
  /** Milliseconds for everything; default 10,000. Half of it is for requests that still run. */
  readonly timeoutMs?: number | undefined
  /** Default: SIGTERM and SIGINT. */
  readonly signals?: readonly NodeJS.Signals[] | undefined
}

/** One Ctrl-C can arrive twice: from the terminal, and again from the package manager. */
const SAME_KEY_PRESS_MS = 500

/**
 * On SIGTERM or Ctrl-C: takes no more requests, lets those that run end, delivers what waits, and then lets the
 * signal have its way, unless somebody else listens to it too. A second signal does not wait.
 * @returns does the same without a signal; harmless twice. Never rejects.
 */
export function closeOnShutdown(
  server: Pick<Server, 'close' | 'closeIdleConnections' | 'closeAllConnections'>,
  client: Pick<Capi, 'close'>,
  options: ShutdownOptions = {},
): () => Promise<FlushResult> {
  const { timeoutMs = 10_000, signals = ['SIGTERM', 'SIGINT'] } = readOptions(options, {
    name: 'closeOnShutdown',
    table: SHUTDOWN_OPTIONS,
    warn: warnLine(undefined),
  })
  let closing: Promise<FlushResult> | undefined
  let signalledAtMs: number | undefined

  function shutdown(): Promise<FlushResult> {
    closing ??= close().finally(stopListening)
    return closing
  }

  function stopListening(): void {
    for (const signal of signals) process.removeListener(signal, onSignal)
  }

  async function close(): Promise<FlushResult> {
    const startMs = performance.now()
    await ended(server, timeoutMs / 2)
    return await client.close({ timeoutMs: Math.max(0, timeoutMs - (performance.now() - startMs)) })
  }

  function onSignal(signal: NodeJS.Signals): void {
    const nowMs = performance.now()
    signalledAtMs ??= nowMs
    const isAgain = nowMs - signalledAtMs > SAME_KEY_PRESS_MS
    if (isAgain) stopListening()
    void (isAgain ? Promise.resolve() : shutdown()).then(() => {
      if (process.listenerCount(signal) === 0) process.kill(process.pid, signal)
    })
  }

  for (const signal of signals) process.on(signal, onSignal)
  return shutdown
}

/** Resolves when every request was answered, or at the deadline, when the rest is cut. */
function ended(server: Parameters<typeof closeOnShutdown>[0], deadlineMs: number): Promise<void> {
  return new Promise((resolve) => {
    const cut = setTimeout(() => {
      server.closeAllConnections()
      resolve()
    }, deadlineMs)
    server.close(() => {
      clearTimeout(cut)
      resolve()
    })
    server.closeIdleConnections()
  })
}
