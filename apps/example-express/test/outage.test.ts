import { expect, it } from 'vitest'
import { startTestShop, TOKEN } from './test-shop.ts'
import type { Visitor } from './visitor.ts'

const BUYS = 9
const ANNA = { name: 'Anna Keller', email: 'anna.keller@example.com', phone: '+49 30 23125 042' }

async function medianBuyMs(visitor: Visitor): Promise<number> {
  const timesMs: number[] = []
  for (let buy = 0; buy < BUYS; buy++) {
    await visitor.post('/cart', { product: 'mug' })
    const startMs = performance.now()
    const page = await visitor.post('/checkout', ANNA)
    timesMs.push(performance.now() - startMs)
    expect(page.status).toBe(303)
    expect((await visitor.get(page.location ?? '')).status).toBe(200)
  }
  return timesMs.sort((a, b) => a - b)[Math.floor(BUYS / 2)] ?? Number.NaN
}

it('sells as fast while Meta is away, and counts what was lost', async () => {
  const { client, emulator, visitor, log } = await startTestShop()
  const upMs = await medianBuyMs(visitor)
  await client.flush()
  const { delivered } = await client.stats()

  await emulator.close()
  const downMs = await medianBuyMs(visitor)
  await client.close({ timeoutMs: 500 })

  expect(downMs - upMs).toBeLessThan(500)
  const stats = await client.stats()
  const lost = Object.values(stats.dropped).reduce((sum, count) => sum + count, 0)
  // Each buy is an AddToCart and a Purchase.
  expect(stats).toMatchObject({ tracked: 4 * BUYS, delivered, queued: 0 })
  expect({ delivered, lost }).toEqual({ delivered: 2 * BUYS, lost: 2 * BUYS })

  // That Meta is away, and that what waits in memory ends with the shop.
  expect(log).toHaveLength(2)
  expect(log.join()).not.toMatch(/anna|keller|23125/i)
  expect(log.join()).not.toContain(TOKEN)
})
