import type { Context } from 'hono'
import { EmulatorError } from '../emulator-error.ts'
import { checkKeys } from '../known-options.ts'
import { type Fields, isFields } from '../rules/rule.ts'
import { type AnyFilter, checkQueryFilter } from '../store/event-filter.ts'

type Texts = Readonly<Record<string, string>>

/**
 * The query of a request under /__capi. Meta ignores keys that it does not know; here a test would go green for the wrong
 * reason, so they are refused.
 * @throws EmulatorError `option_invalid` for a key that is not known or is given twice
 */
export function readQuery<Key extends string = never>(
  c: Context,
  known: readonly Key[] = [],
): Readonly<Partial<Record<Key, string>>> {
  const query = textsOf(c)
  checkKeys(query, known, `The query of ${c.req.method} ${c.req.path}`)
  return query as Readonly<Partial<Record<Key, string>>>
}

/** The query of a request as a filter of events, and the keys beside it. @throws EmulatorError `option_invalid` */
export function readFilterQuery<Key extends string = never>(
  c: Context,
  beside: readonly Key[] = [],
): { readonly filter: AnyFilter; readonly rest: Readonly<Partial<Record<Key, string>>> } {
  const entries = Object.entries(textsOf(c))
  const isBeside = (key: string) => beside.some((one) => one === key)
  const rest = entries.filter(([key]) => isBeside(key))
  const filter = entries.filter(([key]) => !isBeside(key))
  return {
    filter: checkQueryFilter(Object.fromEntries(filter), `${c.req.method} ${c.req.path}`, beside),
    rest: Object.fromEntries(rest) as Readonly<Partial<Record<Key, string>>>,
  }
}

/** The JSON object of a request's body. @throws EmulatorError `option_invalid` for no object, and for a key that is not known */
export async function readBody(c: Context, known: readonly string[]): Promise<Fields> {
  const what = `The body of ${c.req.method} ${c.req.path}`
  const body: unknown = await readJson(c)
  if (!isFields(body)) throw new EmulatorError('option_invalid', `${what} must be a JSON object.`)
  checkKeys(body, known, what)
  return body
}

export async function readJson(c: Context): Promise<unknown> {
  try {
    return await c.req.json()
  } catch {
    return undefined // Reported to the caller as a body of the wrong form.
  }
}

/** @throws EmulatorError `option_invalid` for what is no whole number up to `most` */
export function readWhole(text: string, name: string, most: number): number {
  const number = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN
  if (number <= most) return number
  throw new EmulatorError('option_invalid', `${name} must be a whole number from 0 to ${most}.`)
}

function textsOf(c: Context): Texts {
  const texts = Object.entries(c.req.queries()).map(([key, values]) => {
    const [value = ''] = values
    if (values.length === 1) return [key, value] as const
    throw new EmulatorError('option_invalid', `Give the query key "${key.slice(0, 60)}" once.`)
  })
  return Object.fromEntries(texts)
}
