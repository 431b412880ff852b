import { describe, expect, it } from 'vitest'
import { CASES } from './diagnostic-cases.ts'
import { FBP, scene } from './support.ts'

describe('diagnostics over all events', () => {
  it.each(CASES)(
    'find %s in %d events, and not in the nearest without it (%#)',
    async (rule, affected, bad, good) => {
      const faulty = scene()
      await bad(faulty)
      const found = faulty.emulator.diagnostics().find((one) => one.rule === rule)
      expect(found).toMatchObject({ affected_event_count: affected })
      expect(found?.percentage).toBeGreaterThan(0)
      expect(found?.percentage).toBeLessThanOrEqual(100)
      expect(found?.sample_event_ids.length).toBe(Math.min(5, affected))
      const fine = scene()
      await good(fine)
      expect(fine.emulator.diagnostics().filter((one) => one.rule === rule)).toEqual([])
    },
  )

  it('find nothing where all is well', async () => {
    const { emulator, browser, server } = scene()
    await browser({ eid: 'a', fbp: FBP })
    await server({ event_id: 'a', user_data: { fbp: FBP, client_ip_address: '203.0.113.7' } })
    expect(emulator.diagnostics()).toEqual([])
  })

  it('add up the findings of single events, and what Meta refuses', async () => {
    const { emulator, server } = scene()
    await server({ event_name: 'Purchase', custom_data: { value: 'x', currency: '€' } })
    await server({ event_name: 'Purchase', custom_data: { value: '', currency: 'EUR' } })
    const found = emulator.diagnostics()
    expect(found[0]).toMatchObject({
      rule: 'purchase_value_missing',
      severity: 'high',
      affected_event_count: 1,
      total_event_count: 2,
      percentage: 50,
      paths: ['custom_data.value'],
      sample_event_ids: [2],
    })
    expect(found.find(({ rule }) => rule === 'currency_invalid')).toMatchObject({
      severity: 'medium',
      affected_event_count: 1,
      total_event_count: 1,
      percentage: 100,
      paths: ['custom_data.currency'],
    })
    expect(found.map(({ severity }) => severity)).toEqual(['high', 'high', 'high', 'medium', 'low'])
    expect(
      emulator.diagnostics({ severity: 'medium' }).every((one) => one.severity === 'medium'),
    ).toBe(true)
  })

  it('never repeat a value', async () => {
    const { emulator, browser, server } = scene()
    for (const event_id of ['secret', 'secret2']) {
      await server({
        event_name: 'Purchase',
        event_id,
        event_source_url: 'https://secret.example/?email=secret@example.com',
        user_data: { fbp: 'secret', client_ip_address: 'secret', external_id: 'secret' },
        custom_data: { value: 'secret', currency: 'secret', order_id: 'secret', email: 'secret' },
      })
    }
    await browser({ eid: 'secret', ev: 'Purchase' })
    const text = JSON.stringify(emulator.diagnostics())
    expect(text).toContain('order_id_repeated')
    expect(text).not.toContain('secret')
  })

  it('stay quick with many events', async () => {
    const { emulator } = scene({ max: 20_000 })
    const line = (index: number) =>
      JSON.stringify({
        source: index % 2 === 0 ? 'browser' : 'server',
        status: 'processed',
        pixel_id: '42',
        event_name: 'Purchase',
        event_id: `e${index >> 1}`,
        received_at: 1_793_491_200_000 + index,
        call: index,
        payload: { user_data: { fbp: FBP }, custom_data: { value: 1, currency: 'EUR' } },
      })
    const text = Array.from({ length: 20_000 }, (_, index) => line(index)).join('\n')
    expect(emulator.importEvents(text)).toEqual({ imported: 20_000, refused: 0 })
    const start = process.cpuUsage()
    expect(emulator.pairs().pairs).toHaveLength(10_000)
    emulator.diagnostics()
    emulator.quality()
    const { user, system } = process.cpuUsage(start)
    expect(user + system).toBeLessThan(5_000_000)
  })
})
