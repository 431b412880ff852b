import { afterEach, expect, it, vi } from 'vitest'
import { createEmulator, startEmulator } from '../src/index.ts'

const emitted = vi.spyOn(process, 'emitWarning').mockImplementation(() => {})
afterEach(() => {
  emitted.mockClear()
})
const lines = () => emitted.mock.calls.map(([line]) => String(line))

it.each([
  [{ moed: 'strict' }, '"moed", meant "mode"?'],
  [{ maxEvents: 9 }, '"maxEvents"'],
  [{ Persist: 'x' }, '"Persist", meant "persist"?'],
  [{ dedup: { prefers: 'first' } }, '"dedup.prefers", meant "dedup.prefer"?'],
  [{ zebra: 1, nowMs: 2 }, '"zebra"; "nowMs", meant "now"?'],
])('reports unknown options of createEmulator with the nearest name: %j', (options, said) => {
  createEmulator(options as object)
  expect(lines()).toEqual([
    expect.stringMatching(
      /^@capi\/emulator: createEmulator ignores unknown options: .* \(option_unknown\)$/,
    ),
  ])
  expect(lines()[0]).toContain(said)
})

it('reports those of listen, waitForEvent and startEmulator, and knows the rest', async () => {
  const emulator = createEmulator({
    max: 5,
    mode: 'strict',
    now: Date.now,
    random: Math.random,
    dedup: { prefer: 'first' },
  })
  await emulator.listen({ port: 0, hostname: 'x' } as object)
  const waited = emulator.waitForEvent({}, { timeout: 1, timeoutMs: 1 } as object)
  await expect(waited).rejects.toThrow()
  await emulator.close()
  await using started = await startEmulator({ port: 0, ports: 1, max: 3 } as object)
  expect(started.port).toBeGreaterThan(0)
  expect(lines()).toEqual([
    expect.stringContaining('listen ignores unknown options: "hostname", meant "host"?'),
    expect.stringContaining('waitForEvent ignores unknown options: "timeout", meant "timeoutMs"?'),
    expect.stringContaining('startEmulator ignores unknown options: "ports", meant "port"?'),
  ])
})

it('takes a padded text as it is meant, and a blank one as none', () => {
  expect(() => createEmulator({ mode: ' strict ' as never, persist: ' ' })).not.toThrow()
  expect(lines()).toEqual([])
})
