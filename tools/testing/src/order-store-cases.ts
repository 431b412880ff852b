/** `OrderStore` of @capi/shopify, on which this package must not depend. */
interface Store {
  mark(order: { shop: string; orderId: string }, mark: never): unknown
  forget(shop: string, orderIds?: readonly string[]): unknown
}

/** What a shared store of orders answers: a row for each promise that its port makes. */
export async function orderStoreAnswers(store: Store): Promise<Record<string, unknown>> {
  const mark = async (shop: string, orderId: string, as: string) =>
    [...((await store.mark({ shop, orderId }, as as never)) as string[])].sort().join()
  const answers: Record<string, unknown> = {}
  answers['first'] = await mark('a.example', '1', 'pending')
  answers['again'] = await mark('a.example', '1', 'pending')
  answers['both'] = await mark('a.example', '1', 'paid')
  answers['all'] = await mark('a.example', '1', 'sold')
  answers['another order'] = await mark('a.example', '11', 'paid')
  answers['another shop'] = await mark('b.example', '1', 'paid')
  const races = await Promise.all(
    Array.from({ length: 50 }, async (_, n) => {
      const pair = await Promise.all([
        mark('race.example', String(n), 'pending'),
        mark('race.example', String(n), 'paid'),
      ])
      return pair.includes('paid,pending')
    }),
  )
  answers['races in which one saw both'] = races.filter(Boolean).length
  await store.forget('a.example', ['1', '7'])
  answers['forgotten order'] = await mark('a.example', '1', 'paid')
  await store.forget('race.example')
  answers['forgotten shop'] = await mark('race.example', '7', 'paid')
  answers['shop that was kept'] = await mark('b.example', '1', 'sold')
  return answers
}

export const ORDER_STORE_ANSWERS = {
  first: 'pending',
  again: 'pending',
  both: 'paid,pending',
  all: 'paid,pending,sold',
  'another order': 'paid',
  'another shop': 'paid',
  'races in which one saw both': 50,
  'forgotten order': 'paid',
  'forgotten shop': 'paid',
  'shop that was kept': 'paid,sold',
}
