import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { closeOnShutdown } from '../../src/index.ts'

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  vi.useRealTimers()
})

/** A server with a request that is never answered. */
const hangingServer = () => ({
  close: vi.fn(),
  closeIdleConnections: vi.fn(),
  closeAllConnections: vi.fn(),
})

/** Node's `process`, as far as it is used: real signals would reach the test runner too. */
function fakeProcess() {
  const listeners = new Map<string, ((signal: string) => void)[]>()
  const of = (signal: string) => listeners.get(signal) ?? []
  const killed: string[] = []
  const process = {
    pid: 1,
    on: (signal: string, listener: (signal: string) => void) =>
      void listeners.set(signal, [...of(signal), listener]),
    removeListener: (signal: string, listener: (signal: string) => void) =>
      void listeners.set(
        signal,
        of(signal).filter((one) => one !== listener),
      ),
    listenerCount: (signal: string) => of(signal).length,
    kill: (_pid: number, signal: string) => void killed.push(signal),
  }
  const send = (signal: string) => {
    for (const listener of of(signal)) listener(signal)
  }
  return { process, send, killed, of }
}

it.each<[options: { timeoutMs?: number }, allMs: number]>([
  [{ timeoutMs: 8_000 }, 8_000],
  [{}, 10_000],
])('leaves half of its time to delivery when a request hangs (%o)', async (options, allMs) => {
  const server = hangingServer()
  const close = vi.fn(async (given: { readonly timeoutMs: number }) => given.timeoutMs)
  const closing = closeOnShutdown(server, { close }, { ...options, signals: [] })()
  await vi.advanceTimersByTimeAsync(allMs / 2 - 1)
  expect(close).not.toHaveBeenCalled()
  expect(server.closeAllConnections).not.toHaveBeenCalled()
  await vi.advanceTimersByTimeAsync(1)
  expect(await closing).toBe(allMs / 2)
  expect(server.closeAllConnections).toHaveBeenCalledOnce()
  expect(vi.getTimerCount()).toBe(0)
})

it('ends connections without a request as soon as they have none', async () => {
  const server = hangingServer()
  const closing = closeOnShutdown(server, { close: async () => 'closed' }, { signals: [] })()
  await vi.advanceTimersByTimeAsync(100)
  expect(server.closeIdleConnections).toHaveBeenCalledTimes(3)
  server.close.mock.calls[0]?.[0]()
  expect(await closing).toBe('closed')
  expect(vi.getTimerCount()).toBe(0)
})

it('takes signals within half a second for one key press, and a later one for a second', async () => {
  const { process, send, killed, of } = fakeProcess()
  vi.stubGlobal('process', process)
  closeOnShutdown(undefined, { close: () => new Promise(() => {}) })
  vi.unstubAllGlobals()
  send('SIGINT')
  await vi.advanceTimersByTimeAsync(500)
  send('SIGINT')
  await vi.advanceTimersByTimeAsync(0)
  expect(killed).toEqual([])
  await vi.advanceTimersByTimeAsync(1)
  send('SIGINT')
  await vi.advanceTimersByTimeAsync(0)
  expect(killed).toEqual(['SIGINT'])
  expect(of('SIGTERM')).toEqual([])
})

it('leaves the signal to others that listen to it', async () => {
  const { process, send, killed } = fakeProcess()
  vi.stubGlobal('process', process)
  process.on('SIGTERM', () => {})
  closeOnShutdown(undefined, { close: async () => 'closed' })
  vi.unstubAllGlobals()
  send('SIGTERM')
  await vi.advanceTimersByTimeAsync(0)
  expect(killed).toEqual([])
})

it('ends the process also when the client cannot be closed', async () => {
  const { process, send, killed } = fakeProcess()
  vi.stubGlobal('process', process)
  closeOnShutdown(undefined, { close: () => Promise.reject(new Error('disk')) })
  vi.unstubAllGlobals()
  send('SIGTERM')
  await vi.advanceTimersByTimeAsync(0)
  expect(killed).toEqual(['SIGTERM'])
})
