import { describe, expect, it } from 'vitest'
import { sending } from './collector-case.ts'
import { type CollectorSubject, mountCollector } from './collector-subject.ts'

/** How often, how much and how long. */
export function limitBattery(subject: CollectorSubject): void {
  describe(`the limits on ${subject.name}`, () => {
    const one = { rateLimit: { burst: 1, perMinute: 1 } }

    it('let an address send so many and no more, and fill again with time', async () => {
      const { post, sent, clock, refusals } = await mountCollector(subject, {
        rateLimit: { burst: 3, perMinute: 60 },
      })
      const send = (event_id: string) => post({ body: sending({ event_id }) })
      for (let index = 0; index < 5; index++) expect((await send(`${index}`)).status).toBe(204)
      expect(refusals).toEqual(['rate_limited', 'rate_limited'])
      await clock.advance(1_000)
      await send('5')
      const headers = { 'x-forwarded-for': '198.51.100.1' }
      await post({ body: sending({ event_id: 'other' }), headers })
      expect((await sent()).map((event) => event['event_id'])).toEqual([
        '0',
        '1',
        '2',
        '5',
        'other',
      ])
    })

    it.each([
      ['2606:4700:4700:1::1', '2606:4700:4700:1:ffff::9', false],
      ['2606:4700:4700:1::1', '2606:4700:4700:2::1', true],
      ['::ffff:203.0.113.9', '203.0.113.9', false],
      ['203.0.113.9:50000', '203.0.113.9:50001', false],
      ['203.0.113.9', '203.0.113.10', true],
      ['made.up, 203.0.113.9', '203.0.113.9', false],
    ])('take %s and %s for two: %s', async (first, second, areTwo) => {
      const { post, refusals } = await mountCollector(subject, one)
      for (const address of [first, second]) await post({ headers: { 'x-forwarded-for': address } })
      expect(refusals).toEqual(areTwo ? [] : ['rate_limited'])
    })

    it('count an address once, whatever its cookies say it is', async () => {
      const { post, refusals } = await mountCollector(subject, one)
      for (const last of ['1', '2', '3'])
        await post({ headers: { cookie: `_fbi=2606:4700:4700::${last}.BA` } })
      expect(refusals).toEqual(['rate_limited', 'rate_limited'])
    })
  })

  if (subject.readsBodies !== true) bodyBattery(subject)
}

/** What holds where the collector reads bodies itself. */
function bodyBattery(subject: CollectorSubject): void {
  describe(`a body on ${subject.name}`, () => {
    const streams = () => {
      let body!: ReadableStreamDefaultController<Uint8Array>
      const stream = new ReadableStream<Uint8Array>({
        start(controller) {
          body = controller
        },
      })
      const write = (text: string) => body.enqueue(new TextEncoder().encode(text))
      return { stream, write, body }
    }

    it('that never ends is cut after 4 seconds', async () => {
      const { post, sent, clock, refusals, isReading } = await mountCollector(subject)
      const { stream, write } = streams()
      write('{"event_name":')
      const answer = post({ body: stream })
      await isReading
      await clock.advance(3_999)
      expect(refusals).toEqual([])
      await clock.advance(1)
      expect((await answer).status).toBe(204)
      expect(refusals).toEqual(['body_too_slow'])
      expect(await sent()).toEqual([])
    })

    it('that arrives byte by byte has no longer', async () => {
      const { post, clock, refusals, isReading } = await mountCollector(subject)
      const { stream, write } = streams()
      write(' ')
      const answer = post({ body: stream })
      await isReading
      for (let second = 0; second < 4; second++) {
        write(' ')
        await clock.advance(1_000)
      }
      expect((await answer).status).toBe(204)
      expect(refusals).toEqual(['body_too_slow'])
    })

    it('of unknown length is cut at the limit', async () => {
      const { post, refusals } = await mountCollector(subject, { maxBytes: 5_000 })
      const { stream, write, body } = streams()
      for (let chunk = 0; chunk < 20; chunk++) write('x'.repeat(1_000))
      body.close()
      expect((await post({ body: stream })).status).toBe(204)
      expect(refusals).toEqual(['body_too_large'])
    })

    it('that breaks off is refused', async () => {
      const { post, refused, isReading } = await mountCollector(subject)
      const { stream, write, body } = streams()
      write('{"event_name":')
      const answer = post({ body: stream }).catch(() => undefined)
      await isReading
      body.error(new Error('gone'))
      await answer
      expect(await refused).toBe('aborted')
    })
  })
}
