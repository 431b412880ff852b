import { Controller, Get, Logger } from '@nestjs/common'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import {
  CapiModule,
  type CapiModuleOptions,
  CapiRecorder,
  type CapiService,
  InjectCapi,
} from '../src/index.ts'
import { PLATFORMS, startApp } from './start-app.ts'

@Controller()
class Shop {
  readonly capi: CapiService
  constructor(@InjectCapi() capi: CapiService) {
    this.capi = capi
  }

  @Get()
  async lead() {
    await this.capi.track('Lead')
    return this.capi.consent
  }
}

const fail = () => {
  throw new RangeError('anna@example.com')
}
const late = () => Promise.reject(new RangeError('anna@example.com'))

const FAULTS: readonly [option: string, fault: string, callback: () => unknown][] = [
  ['user', 'threw RangeError', fail],
  ['user', 'returned a promise', late],
  ['user', 'returned no object of user data', () => 'anna@example.com'],
  ['user', 'returned no object of user data', () => ['anna@example.com']],
  ['clientIp', 'threw RangeError', fail],
  ['clientIp', 'returned a promise', late],
  ['clientIp', 'returned no text', () => ['203.0.113.9']],
  ['pageUrl', 'threw RangeError', fail],
  ['pageUrl', 'returned no address of a page, whole or a path', () => 'cart'],
  ['skip', 'threw RangeError', fail],
  ['skip', 'returned a promise', () => Promise.resolve(true)],
  ['skip', 'returned no boolean', () => 1],
  ['cookieDomain', 'threw RangeError', fail],
  ['consent', 'threw RangeError', fail],
  ['consent', 'returned a promise', () => Promise.resolve('granted')],
  ['consent', "returned no consent: 'granted', 'denied', 'ldu' or 'pending'", () => 'maybe'],
]

describe.each(PLATFORMS)('an option on %s', (platform) => {
  const warn = vi.spyOn(Logger.prototype, 'warn').mockImplementation(() => {})
  beforeEach(() => {
    warn.mockClear()
  })

  const start = (options: CapiModuleOptions) =>
    startApp({ platform, imports: [CapiModule.forTesting(options)], controllers: [Shop] })
  const lines = () =>
    warn.mock.calls.map(([line]) => String(line)).filter((line) => line.startsWith('Option'))

  it.each(FAULTS)('%s that %s is told once, without a value', async (option, fault, callback) => {
    const { app, get } = await start({ [option]: callback })
    const answers = [await get('/'), await get('/')].map((response) => response.text())
    const isConsent = option === 'consent'
    expect(await Promise.all(answers)).toEqual(
      isConsent ? ['denied', 'denied'] : ['granted', 'granted'],
    )
    expect(await app.get(CapiRecorder).events()).toHaveLength(isConsent ? 0 : 2)
    expect(lines()).toEqual([expect.stringContaining(`Option ${option} ${fault}`)])
    expect(lines()[0]).toContain(isConsent ? 'counts as "denied"' : 'counts as no answer')
    expect(lines()[0]).not.toContain('anna')
  })

  it.each(['user', 'clientIp', 'skip', 'cookieDomain', 'consent'])(
    '%s that knows no answer is nothing to tell',
    async (option) => {
      const { get } = await start({ [option]: () => undefined })
      await get('/')
      const other = await start({ [option]: () => null })
      await other.get('/')
      expect(lines()).toEqual([])
    },
  )
})
