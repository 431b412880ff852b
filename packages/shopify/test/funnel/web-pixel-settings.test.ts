import { describe, expect, it } from 'vitest'
import { type MappingRules, type WebPixelPlaces, webPixelSettings } from '../../src/index.ts'

const PLACES = { endpoint: 'https://app.example/capi/identity' }
const rulesOf = (rules: MappingRules) => JSON.parse(webPixelSettings(rules, PLACES).rules)

describe('the settings of the Web Pixel', () => {
  it('hold the places that are given, as texts', () => {
    const places = {
      ...PLACES,
      collector: 'https://app.example/capi/events',
      pixelId: '1234567890',
    }
    expect(webPixelSettings({}, places)).toEqual({ ...places, rules: '{}' })
  })

  it.each<[MappingRules, object]>([
    [{ contentId: 'product' }, { contentId: 'product' }],
    [
      { contentId: { DE: 'shopify_DE', others: 'shopify_US' } },
      { contentId: { DE: 'shopify_DE', others: 'shopify_US' } },
    ],
    [{ value: { shipping: false } }, { value: { shipping: false } }],
    [
      { money: 'presentment', pending: 'purchase' },
      { money: 'presentment', pending: 'purchase' },
    ],
    [{ eventId: 'checkout-token' }, { eventId: 'checkout-token' }],
    [{ renewals: 'custom', upsells: 'purchase', actionSource: () => undefined }, {}],
  ])('hold the rules that a browser can follow: %o', (rules, written) => {
    expect(rulesOf(rules)).toEqual(written)
  })

  it.each<[MappingRules, object]>([
    [{ contentId: () => '1' }, { contentId: null }],
    [{ value: () => 1 }, { value: null }],
    [{ eventId: () => '1' }, { eventId: null }],
    [{ when: () => true }, {}],
    [{ customData: () => ({}) }, {}],
    [{ consent: () => 'granted' }, {}],
    [{ bundles: 'parent' }, {}],
    [{ purchaseOn: 'orders/paid' }, {}],
  ])('leave the Purchase to the webhook where a browser cannot: %o', (rules, written) => {
    expect(rulesOf(rules)).toEqual({ ...written, purchase: 'server' })
  })

  it('refuse an option that is misspelt', () => {
    const rules = { contentIds: 'product' } as object
    expect(() => webPixelSettings(rules, PLACES)).toThrow('contentId')
  })

  it.each<[string, object, Partial<WebPixelPlaces>]>([
    ['contentId', { contentId: 'variants' }, {}],
    ['endpoint', {}, { endpoint: 'app.example' }],
    ['collector', {}, { collector: '/capi/events' }],
    ['pixelUrl', {}, { pixelUrl: 'javascript:1' }],
    ['pixelId', {}, { pixelId: 'px-1' }],
  ])('are refused with the name of what is wrong: %s', (option, rules, places) => {
    expect(() => webPixelSettings(rules as MappingRules, { ...PLACES, ...places })).toThrow(
      `Option ${option}`,
    )
  })
})
