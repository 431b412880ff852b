import { buildEvent, type EventInput } from '@capi/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type LineItem, orderToPurchase, type ShopifyOrder } from '../../src/index.ts'
import { eventOf, NOW, SHOP, type TestEvent, webOrder } from '../fixtures/orders.ts'

/** Currencies by the digits of their smallest coin. */
const CURRENCIES = [
  ['CHF', 2],
  ['USD', 2],
  ['HUF', 2],
  ['JPY', 0],
  ['KRW', 0],
  ['KWD', 3],
] as const
type Currency = (typeof CURRENCIES)[number]

/** Coins of both currencies: all arithmetic here is on whole numbers. */
interface Coins {
  readonly shop: number
  readonly presentment: number
}

interface Sale {
  readonly shop: Currency
  readonly presentment: Currency
  readonly taxesIncluded: boolean
  readonly lines: readonly {
    readonly quantity: number
    readonly price: Coins
    /** Parts of a thousand of what is left, one for each discount. */
    readonly discounts: readonly number[]
  }[]
  readonly shipping: Coins
  readonly tax: Coins
  readonly tip: Coins
  readonly duties: Coins
}

const coins = (max: number) =>
  fc.record({ shop: fc.integer({ min: 0, max }), presentment: fc.integer({ min: 0, max }) })
const sales: fc.Arbitrary<Sale> = fc.record({
  shop: fc.constantFrom(...CURRENCIES),
  presentment: fc.constantFrom(...CURRENCIES),
  taxesIncluded: fc.boolean(),
  lines: fc.array(
    fc.record({
      quantity: fc.integer({ min: 1, max: 60 }),
      price: coins(1_000_000),
      discounts: fc.array(fc.integer({ min: 0, max: 1_000 }), { maxLength: 3 }),
    }),
    { minLength: 1, maxLength: 12 },
  ),
  shipping: coins(5_000),
  tax: coins(50_000),
  tip: coins(5_000),
  duties: coins(5_000),
})

const written = (amount: number, [, digits]: Currency) => (amount / 10 ** digits).toFixed(digits)

function moneySet(amount: Coins, sale: Sale) {
  return {
    shop_money: { amount: written(amount.shop, sale.shop), currency_code: sale.shop[0] },
    presentment_money: {
      amount: written(amount.presentment, sale.presentment),
      currency_code: sale.presentment[0],
    },
  }
}

const zero: Coins = { shop: 0, presentment: 0 }
const plus = (a: Coins, b: Coins): Coins => ({
  shop: a.shop + b.shop,
  presentment: a.presentment + b.presentment,
})
const each = (a: Coins, change: (amount: number) => number): Coins => ({
  shop: change(a.shop),
  presentment: change(a.presentment),
})

/** A line as Shopify writes it, and what was paid for it. */
function lineOf({ quantity, price, discounts }: Sale['lines'][number], index: number, sale: Sale) {
  let paid = each(price, (amount) => amount * quantity)
  const discount_allocations = discounts.map((permille) => {
    const off = each(paid, (amount) => Math.floor((amount * permille) / 1_000))
    paid = plus(
      paid,
      each(off, (amount) => -amount),
    )
    return { amount: written(off.shop, sale.shop), amount_set: moneySet(off, sale) }
  })
  const item: LineItem = {
    product_id: 100 + index,
    variant_id: 1_000 + index,
    quantity,
    current_quantity: quantity,
    price: written(price.shop, sale.shop),
    price_set: moneySet(price, sale),
    total_discount: '0.00',
    discount_allocations,
  }
  return { item, paid }
}

function orderOf(sale: Sale) {
  const lines = sale.lines.map((line, index) => lineOf(line, index, sale))
  const subtotal = lines.reduce((sum, { paid }) => plus(sum, paid), zero)
  const extras = [sale.shipping, sale.tip, sale.duties, ...(sale.taxesIncluded ? [] : [sale.tax])]
  const total = extras.reduce(plus, subtotal)
  const order: ShopifyOrder = webOrder({
    currency: sale.shop[0],
    presentment_currency: sale.presentment[0],
    taxes_included: sale.taxesIncluded,
    line_items: lines.map(({ item }) => item),
    subtotal_price: written(subtotal.shop, sale.shop),
    subtotal_price_set: moneySet(subtotal, sale),
    total_price: written(total.shop, sale.shop),
    total_price_set: moneySet(total, sale),
    current_total_price: written(total.shop, sale.shop),
    current_total_price_set: moneySet(total, sale),
  })
  return { order, subtotal, extras: extras.reduce(plus, zero), total }
}

/** Whole coins of a number that went over the wire; fails on any fraction of a coin. */
function toCoins(amount: number, [, digits]: Currency): number {
  const [whole = '', fraction = ''] = String(JSON.parse(JSON.stringify(amount))).split('.')
  expect(fraction.length).toBeLessThanOrEqual(digits)
  return Number(whole + fraction.padEnd(digits, '0'))
}

function contentCoins(event: TestEvent, currency: Currency): number {
  const contents = event.custom_data.contents ?? []
  return contents.reduce(
    (sum, { quantity, item_price = Number.NaN }) => sum + quantity * toCoins(item_price, currency),
    0,
  )
}

describe('totals, to the cent', () => {
  for (const money of ['shop', 'presentment'] as const) {
    for (const value of ['subtotal', 'total', 'current_total'] as const) {
      it(`of lines agree with ${value} in ${money} money`, () => {
        fc.assert(
          fc.property(sales, (sale) => {
            const { order, subtotal, extras, total } = orderOf(sale)
            const mapped = orderToPurchase(order, { nowMs: NOW, shop: SHOP, money, value })
            const event = eventOf(mapped)
            const currency = sale[money]
            const lines = contentCoins(event, currency)
            const sent = toCoins(Number(event.custom_data['value']), currency)
            expect(event.custom_data['currency']).toBe(currency[0])
            expect(lines).toBe(subtotal[money])
            expect(sent).toBe(value === 'subtotal' ? subtotal[money] : total[money])
            expect(sent - lines).toBe(value === 'subtotal' ? 0 : extras[money])
            expect(event.custom_data['num_items']).toBe(
              sale.lines.reduce((sum, { quantity }) => sum + quantity, 0),
            )
          }),
          { numRuns: 300 },
        )
      })
    }
  }

  it('still agree in the bytes that core makes', () => {
    fc.assert(
      fc.property(sales, (sale) => {
        const { order, subtotal } = orderOf(sale)
        const mapped = orderToPurchase(order, { nowMs: NOW, shop: SHOP, value: 'subtotal' })
        const { event, issues } = buildEvent((mapped as { event: EventInput }).event, {
          nowMs: NOW,
        })
        expect(issues.filter(({ severity }) => severity === 'error')).toEqual([])
        const wire = JSON.parse(JSON.stringify(event)) as TestEvent
        expect(contentCoins(wire, sale.shop)).toBe(subtotal.shop)
      }),
      { numRuns: 100 },
    )
  })

  // Node's Intl says that these have no decimals, Bun's says otherwise; ISO 4217 says two.
  it.each(['PKR', 'HUF', 'COP', 'IDR'])('keeps two coins of half a %s one line', (currency) => {
    const line = { variant_id: 7, quantity: 2, price: '499.50' }
    const order = webOrder({ currency, line_items: [line] })
    const { contents } = eventOf(orderToPurchase(order, { nowMs: NOW, shop: SHOP })).custom_data
    expect(contents).toEqual([{ id: '7', quantity: 2, item_price: 499.5 }])
  })

  it('splits a line whose price does not divide, and merges nothing else', () => {
    const line = {
      variant_id: 7,
      quantity: 3,
      price: '4.00',
      discount_allocations: [{ amount: '2.00' }],
    }
    const { contents } = eventOf(
      orderToPurchase(webOrder({ line_items: [line] }), { nowMs: NOW, shop: SHOP }),
    ).custom_data
    expect(contents).toEqual([
      { id: '7', quantity: 2, item_price: 3.33 },
      { id: '7', quantity: 1, item_price: 3.34 },
    ])
  })
})
