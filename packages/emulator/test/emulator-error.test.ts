import { join } from 'node:path'
import { expect, it } from 'vitest'
import { createEmulator, EmulatorError, startEmulator } from '../src/index.ts'
import { refusal } from './refusal.ts'

it.each([
  ['no options', null, /^Options of createEmulator must be an object\.$/],
  ['a list for options', [], /^Options of createEmulator must be an object\.$/],
  ['a size of 0', { max: 0 }, /^Option max of createEmulator must be a whole number above 0\.$/],
  ['an unknown mode', { mode: 'stict' }, /^Option mode .* one of meta, strict, lenient\.$/],
  ['a time for a clock', { now: 5 }, /^Option now .* must be a function\.$/],
  ['a number for chance', { random: 0.5 }, /^Option random .* must be a function\.$/],
  ['a text for dedup', { dedup: 'first' }, /^Option dedup of createEmulator must be an object\.$/],
  ['an unknown preference', { dedup: { prefer: 'last' } }, /^Option dedup\.prefer .* one of first/],
  ['a number for a file', { persist: 1 }, /^Option persist .* must be a text\.$/],
])('refuses %s', (_what, options, message) => {
  expect(() => createEmulator(options as object)).toThrow(refusal('option_invalid', message))
})

it.each([
  [{ port: 65_536 }, /^Option port of listen must be a port from 0 to 65535\.$/],
  [{ port: 'http' }, /^Option port/],
  [{ port: -1 }, /^Option port/],
  [{ host: 7 }, /^Option host of listen must be a text\.$/],
  [5, /^Options of listen must be an object\.$/],
])('rejects listen(%j)', async (options, message) => {
  const listening = createEmulator().listen(options as object)
  await expect(listening).rejects.toThrow(refusal('option_invalid', message))
})

it('rejects what startEmulator cannot use', async () => {
  await expect(startEmulator({ port: 1.5 })).rejects.toThrow(refusal('option_invalid', /port/))
})

it('takes a port as digits, as a variable of the environment gives it', async () => {
  await using emulator = await startEmulator({ port: '0' as unknown as number })
  expect(emulator.port).toBeGreaterThan(0)
})

it('names the file that it cannot open', () => {
  const persist = join(import.meta.dirname, 'no-such-folder', 'events.ndjson')
  expect(() => createEmulator({ persist })).toThrow(
    refusal('file_failed', /^Cannot open the file .*events\.ndjson \(ENOENT\)\.$/),
  )
})

it('refuses filters and texts of another kind in each of its functions', async () => {
  const emulator = createEmulator()
  const none = null as never
  const invalid = (message: RegExp) => refusal('option_invalid', message)
  expect(() => emulator.events(none)).toThrow(invalid(/filter of events must be an object/))
  expect(() => emulator.diagnostics({ severity: 'hgih' as 'high' })).toThrow(
    invalid(/^Option severity of diagnostics must be one of high, medium, low\.$/),
  )
  expect(() => emulator.importEvents(none)).toThrow(invalid(/the text of an export/))
  await expect(emulator.waitForEvent(none)).rejects.toThrow(invalid(/filter of waitForEvent/))
  const timeoutMs = Number.NaN
  await expect(emulator.waitForEvent({}, { timeoutMs })).rejects.toThrow(invalid(/timeoutMs/))
  expect(() => emulator.fail(none)).toThrow(refusal('fault_invalid'))
})

it('recognises its own errors and no others, and shows where to read on in JSON', () => {
  const error = new EmulatorError('port_in_use', 'It is in use.')
  expect(EmulatorError.is(error)).toBe(true)
  for (const other of [new Error('x'), { code: 'port_in_use' }, null, undefined, 'port_in_use']) {
    expect(EmulatorError.is(other)).toBe(false)
  }
  expect(JSON.parse(JSON.stringify(error))).toMatchObject({
    code: 'port_in_use',
    docsUrl: '/troubleshooting/errors/#port_in_use',
  })
})
