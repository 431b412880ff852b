import { describe, expect, it } from 'vitest'
import { FBP, scene } from './support.ts'

const paid = (value: number, changes: object = {}) => ({
  event_name: 'Purchase',
  custom_data: { value, currency: 'EUR', ...changes },
})
const browserPaid = (eid: string, fields: Record<string, string> = {}) => ({
  ev: 'Purchase',
  eid,
  'cd[value]': '99',
  'cd[currency]': 'USD',
  ...fields,
})

describe('diagnostics that follow money', () => {
  it('report a shop whose browser and server disagree on every order', async () => {
    const { emulator, browser, server } = scene()
    for (let order = 1; order < 20; order++) {
      await browser(browserPaid(`o${order}`))
      await server({ event_id: `o${order}`, ...paid(10 + order) })
    }
    await browser(browserPaid('o20', { 'cd[value]': '5', 'cd[currency]': 'EUR', fbp: FBP }))
    await server({ event_id: 'O20', ...paid(5) })
    const money = emulator
      .diagnostics({ severity: 'high' })
      .filter(({ id }) => /^(pair_value|counted|dedup|cover)/.test(id))
    expect(money).toMatchObject([
      {
        id: 'pair_value_differs:revenue',
        paths: ['custom_data.value', 'custom_data.currency'],
        affected_event_count: 19,
        total_event_count: 19,
        sample_event_ids: [2, 4, 6, 8, 10],
        description: expect.stringContaining('Meta counts the browser event'),
      },
      {
        id: 'counted_twice:event_id_case',
        paths: ['event_id'],
        affected_event_ids: [39, 40],
        total_event_count: 40,
        description: expect.stringContaining('1 event is counted twice'),
      },
    ])
    expect(emulator.pairs().pairs[0]?.verdict).toMatch(
      /^Meta counts 99 USD from the browser, not 11 EUR from the server\. Counted once by event_id/,
    )
    expect(emulator.pairs().near_misses[0]?.differences).toEqual(
      expect.arrayContaining([expect.objectContaining({ path: 'user_data.fbp' })]),
    )
  })

  it('grade products and orders below revenue', async () => {
    const { emulator, browser, server } = scene()
    await browser(
      browserPaid('a', { 'cd[value]': '5', 'cd[currency]': 'EUR', 'cd[content_ids]': '["x"]' }),
    )
    await server({ event_id: 'a', ...paid(5, { content_ids: ['y'] }) })
    expect(emulator.diagnostics().find(({ rule }) => rule === 'pair_value_differs')).toMatchObject({
      id: 'pair_value_differs:products',
      severity: 'medium',
      paths: ['custom_data.content_ids'],
    })
  })

  it('report a Purchase whose value is only in the half that does not count', async () => {
    const { emulator, browser, server } = scene()
    await browser({ ev: 'Purchase', eid: 'a' })
    await server({ event_id: 'a', ...paid(5) })
    await browser({ ev: 'AddToCart', eid: 'b' })
    await server({ event_id: 'b', ...paid(5), event_name: 'AddToCart' })
    const found = emulator.diagnostics().filter(({ rule }) => rule === 'pair_value_differs')
    expect(found).toMatchObject([{ severity: 'high', affected_event_ids: [2] }])
    expect(emulator.pairs().pairs.map(({ verdict }) => verdict.slice(0, 30))).toEqual([
      'Meta counts no value from the ',
      'Counted once by event_id: the ',
    ])
  })

  it('repeat no text of a value or a currency', async () => {
    const { emulator, browser, server } = scene()
    await browser(browserPaid('a', { 'cd[value]': 'jane@example.com', 'cd[currency]': '+4179' }))
    await server({ event_id: 'a', ...paid(5) })
    const texts = [emulator.pairs().pairs[0]?.verdict, JSON.stringify(emulator.diagnostics())]
    expect(texts.join(' ')).not.toMatch(/jane|4179/)
    expect(texts[0]).toContain('Meta counts … no currency from the browser, not 5 EUR')
  })

  it('tell a retry from a repeated id: the emulator’s own fault is no mistake', async () => {
    const { emulator, server } = scene()
    emulator.fail({ action: { type: 'process_then_cut' }, times: 1 })
    await server({ event_id: 'a' }).catch(() => undefined)
    await server({ event_id: 'a' })
    const found = emulator.diagnostics().filter(({ rule }) => rule.startsWith('event_'))
    expect(found).toMatchObject([
      {
        rule: 'event_retried',
        severity: 'low',
        solution: expect.stringContaining('Nothing to change'),
      },
    ])
    expect(emulator.calls().map(({ tries }) => tries)).toEqual([
      [1, 2],
      [1, 2],
    ])
  })

  it('make one finding of one cause', async () => {
    const missing = scene()
    for (let index = 0; index < 20; index++) await missing.browser({ eid: `b${index}` })
    for (let index = 0; index < 5; index++) await missing.server({ event_id: `s${index}` })
    const setUp = (ids: readonly { rule: string }[]) =>
      ids.map(({ rule }) => rule).filter((rule) => /coverage|dedup|counted/.test(rule))
    expect(setUp(missing.emulator.diagnostics())).toEqual(['coverage_low'])

    const unshared = scene()
    for (let index = 0; index < 20; index++) {
      await unshared.browser({ eid: `b${index}` })
      await unshared.server({ event_id: `s${index}` })
    }
    expect(setUp(unshared.emulator.diagnostics())).toEqual(['deduplication_weak'])

    const spelt = scene()
    for (let index = 0; index < 20; index++) {
      await spelt.browser({ eid: `a${index}` })
      await spelt.server({ event_id: `A${index}` })
    }
    expect(setUp(spelt.emulator.diagnostics())).toEqual(['counted_twice'])

    const refused = scene()
    await refused.server({ user_data: { em: 'jane@example.com' } })
    const [event] = refused.emulator.events()
    expect(event?.error?.rule).toBe('user_data_not_hashed')
    expect(event).not.toHaveProperty('issues')
  })

  it('leave names to the browser that the shop’s server does not send, but no purchases', async () => {
    const { emulator, browser, server } = scene()
    await server({ event_id: 'a', event_name: 'Lead' })
    for (const ev of ['PageView', 'Purchase']) {
      for (let index = 0; index < 10; index++) {
        await browser({ ev, eid: `${ev}${index}`, 'cd[value]': '1', 'cd[currency]': 'EUR' })
      }
    }
    const found = emulator.diagnostics().filter(({ rule }) => rule === 'coverage_low')
    expect(found.map(({ id, severity }) => `${severity} ${id}`)).toEqual([
      'high coverage_low:Purchase',
      'medium coverage_low:PageView',
    ])
  })

  it('give a share of the events that could be affected, and round none to nothing', async () => {
    const { emulator, browser, server } = scene({ max: 3_000 })
    for (let index = 0; index < 1_500; index++) await browser({ eid: `${index}` })
    await server({ ...paid(5), event_id: 'a', custom_data: { value: 'x', currency: 'EUR' } })
    await server({ ...paid(5), event_id: 'b' })
    const [found] = emulator.diagnostics().filter(({ rule }) => rule === 'purchase_value_invalid')
    expect(found).toMatchObject({ total_event_count: 2, percentage: 50 })
    await browser({ eid: 'z', dl: 'https://shop.example/?email=jane@example.com' })
    const leak = emulator.diagnostics().find(({ rule }) => rule === 'personal_data')
    expect(leak).toMatchObject({ affected_event_count: 1, percentage: 0.1 })
  })

  it('propose fb_login_id only where it is used', async () => {
    const shop = scene()
    await shop.server({ ...paid(1), user_data: { em: undefined, ph: 'x' } })
    const advice = JSON.stringify([shop.emulator.quality(), shop.emulator.diagnostics()])
    expect(advice).not.toContain('fb_login_id')
    await shop.server({ ...paid(1), user_data: { fb_login_id: 7 } })
    expect(JSON.stringify(shop.emulator.quality())).toContain('fb_login_id')
  })
})
