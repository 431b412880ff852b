import { Controller, Get, Logger } from '@nestjs/common'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { CapiModule, CapiRecorder, TrackEvent } from '../src/index.ts'
import { PLATFORMS, startApp } from './start-app.ts'

const fail = () => {
  throw new RangeError('anna@example.com')
}

/** A controller for each application: what is said once, is said once by each. */
function createShop() {
  @Controller()
  class Shop {
    @Get('boom/data')
    @TrackEvent('Lead', { data: fail })
    boomData() {
      return 'fine'
    }
    @Get('boom/user')
    @TrackEvent('Lead', { user: fail })
    boomUser() {
      return 'fine'
    }
    @Get('boom/eventId')
    @TrackEvent('Lead', { eventId: fail })
    boomEventId() {
      return 'fine'
    }
    @Get('boom/when')
    @TrackEvent('Lead', { when: fail })
    boomWhen() {
      return 'fine'
    }
    @Get('boom/scope')
    @TrackEvent('Lead', { scope: fail })
    boomScope() {
      return 'fine'
    }
    @Get('boom/async')
    @TrackEvent('Lead', { data: () => Promise.reject(new RangeError('anna@example.com')) })
    boomAsync() {
      return 'fine'
    }
  }
  return Shop
}

describe.each(PLATFORMS)('@TrackEvent on %s', (platform) => {
  const start = () =>
    startApp({ platform, imports: [CapiModule.forTesting()], controllers: [createShop()] })
  const warn = vi.spyOn(Logger.prototype, 'warn').mockImplementation(() => {})
  beforeEach(() => {
    warn.mockClear()
  })

  it.each(['data', 'user', 'eventId', 'when', 'scope', 'async'])(
    'never fails the handler: %s throws',
    async (callback) => {
      const { app, get } = await start()
      for (let i = 0; i < 3; i++) {
        const response = await get(`/boom/${callback}`)
        expect([response.status, await response.text()]).toEqual([200, 'fine'])
      }
      expect(await app.get(CapiRecorder).events()).toEqual([])
      const lines = warn.mock.calls.map(([line]) => String(line))
      expect(lines).toHaveLength(1)
      const name = callback === 'async' ? 'data' : callback
      expect(lines[0]).toMatch(/^@TrackEvent\('Lead'\) of Shop\.boom/)
      expect(lines[0]).toContain(`its callback ${name} threw RangeError`)
      expect(lines[0]).not.toContain('anna')
    },
  )
})
