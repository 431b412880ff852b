import { describe, expect, it } from 'vitest'
import { type CollectorCase, ORIGIN, sending, VIEW } from './collector-cases/collector-case.ts'
import { type CollectorSubject, mountCollector } from './collector-cases/collector-subject.ts'
import { limitBattery } from './collector-cases/limit-battery.ts'
import { precedenceBattery } from './collector-cases/precedence-battery.ts'
import { REFUSED_CASES } from './collector-cases/refused.ts'
import { TAKEN_CASES } from './collector-cases/taken.ts'

/** Everything a collector promises, whatever it is mounted in. */
export function collectorBattery(subject: CollectorSubject): void {
  const isMeant = ({ isReadByCollector }: CollectorCase) =>
    isReadByCollector !== true || subject.readsBodies !== true
  const named = (cases: readonly CollectorCase[]) =>
    cases.filter(isMeant).map((one) => [one.name, one] as const)

  describe(`a collector on ${subject.name}`, () => {
    it.each(named(TAKEN_CASES))('takes %s', async (_name, one) => {
      const { post, sent, refusals } = await mountCollector(subject, one.setup)
      expect((await post(one.request)).status).toBe(204)
      expect(refusals).toEqual([])
      const events = await sent()
      expect(events).toMatchObject([one.sent ?? {}])
      const [event = {}] = events
      if (one.userData !== undefined)
        expect(Object.keys(event['user_data'] as object).sort()).toEqual(one.userData)
      for (const key of one.without ?? []) expect(event).not.toHaveProperty(key)
      expect(Math.abs(Number(event['event_time']) - Date.now() / 1000)).toBeLessThan(60)
    })

    it.each(named(REFUSED_CASES))('refuses %s, and answers as ever', async (_name, one) => {
      const { post, sent, refusals, log } = await mountCollector(subject, one.setup)
      for (let time = 0; time < 2; time++) {
        const response = await post(one.request)
        expect(response.status).toBe(204)
        expect(await response.text()).toBe('')
      }
      expect(refusals).toEqual([one.refused, one.refused])
      expect(log).toEqual([expect.stringContaining(`: ${one.refused}. `)])
      expect(await sent()).toEqual([])
    })

    it('answers alike, whether an event was taken or not', async () => {
      const { post, refusals } = await mountCollector(subject)
      const bodies = [
        JSON.stringify(VIEW),
        '{',
        sending({ event_name: 'Search' }),
        sending({ event_name: 'Purchase', signed: 'x.y' }),
      ]
      const heads = []
      for (const body of bodies) {
        const { status, headers } = await post({ body })
        heads.push([status, ...[...headers].filter(([name]) => name !== 'date')])
      }
      expect(new Set(heads.map((head) => JSON.stringify(head))).size).toBe(1)
      expect(refusals).toHaveLength(3)
    })

    it.each([
      [ORIGIN, ORIGIN, 'true'],
      ['null', 'null', null],
      ['https://evil.example', null, null],
      [null, null, null],
    ])(
      'lets a page of %s read the answer as %s, with cookies: %s',
      async (origin, allowed, credentials) => {
        const { post } = await mountCollector(subject, { allowedOrigins: [ORIGIN, 'null'] })
        for (const method of ['OPTIONS', 'POST']) {
          const { status, headers } = await post({ origin, method })
          expect(status).toBe(204)
          expect(headers.get('access-control-allow-origin')).toBe(allowed)
          expect(headers.get('access-control-allow-credentials')).toBe(credentials)
          expect(headers.get('vary')).toBe('Origin')
          expect(headers.get('cache-control')).toBe('no-store')
          const methods = headers.get('access-control-allow-methods')
          expect(methods).toBe(method === 'OPTIONS' ? 'POST' : null)
        }
      },
    )

    it('follows the visitor’s consent', async () => {
      const { post, sent, client } = await mountCollector(subject, { consent: 'denied' })
      expect((await post()).status).toBe(204)
      expect(await sent()).toEqual([])
      expect((await client.stats()).dropped.consent).toBe(1)
    })
  })

  precedenceBattery(subject)
  limitBattery(subject)
}
