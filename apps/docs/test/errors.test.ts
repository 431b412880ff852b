import { EmulatorError, type EmulatorErrorCode } from '@capi/emulator'
import { expect, it } from 'vitest'
import { builtPages } from './built-site.ts'

const pages = new Map(builtPages().map((page) => [page.address, page.ids]))

/** A code that is added to the type and not here does not compile. */
const EMULATOR_CODES: Readonly<Record<EmulatorErrorCode, true>> = {
  argument_invalid: true,
  event_not_received: true,
  fault_invalid: true,
  file_failed: true,
  listen_failed: true,
  not_an_emulator: true,
  option_invalid: true,
  port_in_use: true,
  time_invalid: true,
}

it.each(keysOf(EMULATOR_CODES))('has the page that an EmulatorError %s leads to', (code) => {
  expectPage(new EmulatorError(code, 'It failed.').docsUrl)
})

function expectPage(docsUrl: string): void {
  const [address = '', id = ''] = docsUrl.split('#')
  expect(id).not.toBe('')
  expect(pages.get(address), `the page ${address}`).toBeDefined()
  expect([...(pages.get(address) ?? [])]).toContain(id)
}

function keysOf<Key extends string>(table: Readonly<Record<Key, true>>): readonly Key[] {
  return Object.keys(table) as Key[]
}
