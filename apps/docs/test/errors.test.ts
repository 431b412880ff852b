import { buildEvent, CapiApiError, CapiError, type CapiErrorCode } from '@capi/core'
import { EmulatorError, type EmulatorErrorCode } from '@capi/emulator'
import { expect, it } from 'vitest'
// @boundaries-ignore the command has no public names
import { CliError, type CliErrorCode } from '../../../packages/cli/src/shell/cli-error.ts'
// @boundaries-ignore as above
import { issue } from '../../../packages/core/src/issue/issue.ts'
// @boundaries-ignore the catalogue is the one place where issues stand, and no public name
import { ISSUE_CATALOG, type IssueCode } from '../../../packages/core/src/issue/issue-catalog.ts'
import { readVectors } from '../generate/fills/refusals.ts'
import { builtPages } from './built-site.ts'

const pages = new Map(builtPages().map((page) => [page.address, page.ids]))

/** A code that is added to the types and not to these tables does not compile. */
const CORE_CODES: Readonly<Record<CapiErrorCode, true>> = {
  config_invalid: true,
  access_token_missing: true,
  disabled: true,
  closed: true,
  validation_failed: true,
  api_error: true,
  network_error: true,
  timeout: true,
  store_failed: true,
  webhook_failed: true,
}
const EMULATOR_CODES: Readonly<Record<EmulatorErrorCode, true>> = {
  argument_invalid: true,
  emulator_unreachable: true,
  event_not_received: true,
  fault_invalid: true,
  file_failed: true,
  listen_failed: true,
  not_an_emulator: true,
  option_invalid: true,
  port_in_use: true,
  time_invalid: true,
}
const CLI_CODES: Readonly<Record<CliErrorCode, true>> = {
  file_failed: true,
  input_invalid: true,
  package_missing: true,
  setting_missing: true,
  unreachable: true,
  usage_invalid: true,
}

it.each(keysOf(CORE_CODES))('has the page that a CapiError %s leads to', (code) => {
  expectPage(new CapiError(code, 'It failed.').docsUrl)
})

it('has the page that each issue leads to', () => {
  const codes = Object.keys(ISSUE_CATALOG) as IssueCode[]
  expect(codes.length).toBeGreaterThan(50)
  for (const code of codes) expectPage(issue(code, 'user_data').docsUrl)
  const unfinished: unknown = { event_name: 'Lead' }
  const [found] = buildEvent(unfinished).issues
  expectPage(found?.docsUrl ?? '')
})

it('has the page that an answer of Meta leads to, for every code that core has a verdict for', () => {
  const codes = readVectors().flatMap(({ name, code }) => {
    const isMadeUp = /nobody knows|marked transient|another code|Meta's 404/.test(name)
    const [, metaCode, metaSubcode] = code.split('_')
    return code.startsWith('meta_') && !isMadeUp ? [{ metaCode, metaSubcode }] : []
  })
  expect(codes.length).toBeGreaterThan(20)
  for (const { metaCode, metaSubcode } of codes) {
    const error = new CapiApiError({
      status: 400,
      retryable: false,
      metaCode: Number(metaCode),
      metaSubcode: metaSubcode === undefined ? undefined : Number(metaSubcode),
    })
    expectPage(error.docsUrl)
  }
})

it.each(keysOf(EMULATOR_CODES))('has the page that an EmulatorError %s leads to', (code) => {
  expectPage(new EmulatorError(code, 'It failed.').docsUrl)
})

it.each(keysOf(CLI_CODES))('has the page that the command’s %s leads to', (code) => {
  expectPage(new CliError(code, 'It failed.').docsUrl)
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
