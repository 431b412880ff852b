import { PLACES } from './places.ts'
import { type Chance, chance } from './random.ts'
import { scribble } from './scribble.ts'

export interface MessyOrder {
  readonly id: number
  /** Country of the person, alpha-2, whatever the order says. */
  readonly code: string
  readonly user_data: Readonly<Record<string, unknown>>
  readonly custom_data: Readonly<Record<string, unknown>>
  /** What was done to it, if anything. */
  readonly defect?: string
}

function clean(id: number, seed: Chance): MessyOrder {
  const place = seed.pick(PLACES)
  const [town, region, zip] = seed.pick(place.towns)
  const first = seed.pick(place.first)
  const last = seed.pick(place.last)
  const digit = () => String(seed.index(10))
  const phone = (
    seed.next() < 0.5 ? seed.pick(place.national) : seed.pick(place.international)
  ).replace(/#/g, digit)
  const day = new Date(Date.UTC(1940 + seed.index(60), seed.index(12), 1 + seed.index(28)))
    .toISOString()
    .slice(0, 10)
  const contents = Array.from({ length: 1 + seed.index(3) }, () => {
    return {
      id: `sku-${seed.index(900)}`,
      quantity: 1 + seed.index(3),
      item_price: 1 + seed.index(9_900) / 100,
    }
  })
  return {
    id,
    code: place.code,
    user_data: {
      em: scribble(`customer.${id}@example.com`, seed),
      ph: phone,
      fn: scribble(first, seed),
      ln: scribble(last, seed),
      ct: scribble(town, seed),
      ...(region === '' ? {} : { st: scribble(region, seed) }),
      zp: scribble(zip, seed),
      country: seed.next() < 0.2 ? place.alpha3 : scribble(seed.pick(place.names), seed),
      ge: seed.pick(['f', 'm', 'Female', 'male', 'F']),
      db: day,
      external_id: `user-${id}`,
      client_ip_address: `203.0.113.${seed.index(256)}`,
      client_user_agent: 'Mozilla/5.0 (X11; Linux x86_64)',
    },
    custom_data: {
      value: contents.reduce((sum, one) => sum + one.quantity * one.item_price, 0),
      currency: 'EUR',
      contents,
      order_id: `order-${id}`,
    },
  }
}

type Defect = (order: MessyOrder) => Pick<MessyOrder, 'user_data' | 'custom_data'>
const user =
  (fields: Record<string, unknown>): Defect =>
  ({ user_data, custom_data }) => ({ user_data: { ...user_data, ...fields }, custom_data })
const custom =
  (fields: Record<string, unknown>): Defect =>
  ({ user_data, custom_data }) => ({ user_data, custom_data: { ...custom_data, ...fields } })

/** Seen in shops' data, public issues and support threads. None of them may cost the order. */
export const DEFECTS: Readonly<Record<string, Defect>> = {
  'e-mail without @': user({ em: 'anna.example.com' }),
  'two addresses in one field': user({ em: 'a@example.com; b@example.com' }),
  'e-mail empty': user({ em: '' }),
  'e-mail of Unicode': user({ em: 'jürgen@müller.example' }),
  'phone of letters': user({ ph: 'on request' }),
  'phone too short': user({ ph: '110' }),
  'phone as a number': user({ ph: 41791234567 }),
  'id as a number': user({ external_id: 12345 }),
  'id as an object': user({ external_id: {} }),
  'names undefined': user({ fn: 'undefined', ln: undefined }),
  'names null': user({ fn: null, ln: null }),
  'name of punctuation': user({ fn: '---', ln: '.' }),
  'hash of nothing': user({
    em: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  }),
  'hash in capitals': user({
    em: '62A14E44F765419D10FEA99367361A727C12365E2520F32218D505ED9AA0F62F',
  }),
  'unknown country': user({ country: 'Atlantis' }),
  'state is a number': user({ st: 12 }),
  'third gender': user({ ge: 'non-binary' }),
  'two-digit birth year': user({ db: '12/31/90' }),
  '31st of February': user({ db: '1990-02-31' }),
  'own address of the server': user({ client_ip_address: '::ffff:10.0.0.5' }),
  'click id cut': user({ fbc: 'fb.1.abc' }),
  'currency as a symbol': custom({ currency: '€' }),
  'currency as a word': custom({ currency: 'Euro' }),
  'value as text': custom({ value: '142.52' }),
  'contents with a hole': custom({ contents: [null, { id: 'sku-1', quantity: 1 }] }),
  'contents as text': custom({ contents: '[{"id":"sku-1"}]' }),
  'content ids as numbers': custom({ content_ids: [1, 2] }),
  'price zero': custom({ contents: [{ id: 'gift', quantity: 1, item_price: 0 }] }),
  'e-mail among the properties': custom({ note: 'call anna@example.com' }),
}

/** Orders as shops have them, the same for the same seed; `defective` is the share with a defect. */
export function messyOrders(
  count: number,
  options: { readonly seed: number; readonly defective: number },
): MessyOrder[] {
  const seed = chance(options.seed)
  const names = Object.keys(DEFECTS)
  return Array.from({ length: count }, (_, id) => {
    const order = clean(id, seed)
    if (seed.next() >= options.defective) return order
    const defect = names[seed.index(names.length)] ?? ''
    return { ...order, ...DEFECTS[defect]?.(order), defect }
  })
}
