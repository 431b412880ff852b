import type { DeadLetter, DeadLetterQuery } from '../delivery/outbox-port.ts'
import { CapiConfigError } from '../errors.ts'
import { asFields } from '../fields.ts'
import { isPixelId } from '../option/pixel-ids.ts'
import { quote } from '../option/unknown-names.ts'
import type { ClientState } from './client-state.ts'
import { sweep, wakeLanes } from './outbox.ts'
import type { DeadLetters } from './tracker.ts'

/** Every outbox gives all it has for this, and an `int` of a database holds it. */
const ALL = 2 ** 31 - 1
const LISTED = 100

/** What Meta refused, for the client's user. */
export function deadLetters(state: ClientState): DeadLetters {
  const { outbox, clock } = state.options

  async function find({ event_ids, ...filter }: Chosen, limit: number) {
    const most = event_ids === undefined ? Math.min(limit, ALL) : ALL
    const letters = await outbox.deadLetters.list({ ...filter, limit: most })
    return letters.filter(({ event_id }) => event_ids?.includes(event_id) ?? true).slice(0, limit)
  }

  /** No outbox knows letters by their event: it gets the keys of those that were found. */
  async function stored({ event_ids, ...filter }: Chosen): Promise<DeadLetterQuery> {
    if (event_ids === undefined) return filter
    const letters = await find({ event_ids, ...filter }, ALL)
    return { keys: letters.map(({ key }) => key) }
  }

  return {
    async list(filter = {}): Promise<readonly DeadLetter[]> {
      const { limit = LISTED, ...chosen } = readChoice(filter, 'list', LIST_RULES)
      await sweep(state) // Those that are too old are none any more.
      return await find(chosen, limit)
    },
    async purge(which) {
      return await outbox.deadLetters.purge(await stored(readChoice(which, 'purge')))
    },
    async replay(which) {
      const filter = await stored(readChoice(which, 'replay'))
      const result = await outbox.deadLetters.replay(filter, clock.now())
      wakeLanes(state, result.replayed)
      return result
    },
  }
}

/** A filter that is sound. */
interface Chosen extends DeadLetterQuery {
  readonly event_ids?: readonly string[]
  readonly limit?: number
}

type Rules = Readonly<Record<string, (value: unknown) => boolean>>

const isTexts = (value: unknown) =>
  Array.isArray(value) && value.every((one) => typeof one === 'string' && one !== '')
const RULES: Rules = { keys: isTexts, event_ids: isTexts, pixelId: isPixelId }
const LIST_RULES: Rules = {
  ...RULES,
  limit: (value) => value === undefined || (Number.isInteger(value) && Number(value) >= 0),
}

/**
 * Nothing absent means all of them: that must be said. Ignored, a key that is unknown or undefined would choose others too.
 * @throws CapiConfigError
 */
function readChoice(which: unknown, method: keyof DeadLetters, rules = RULES): Chosen {
  if (which === 'all' && rules === RULES) return {}
  const fields = asFields(which)
  const names = Object.keys(fields ?? {})
  const odd = names.find((name) => !(Object.hasOwn(rules, name) && rules[name]?.(fields?.[name])))
  const isSaid = names.length > 0 || rules !== RULES
  if (fields !== undefined && odd === undefined && isSaid) return fields
  const what = odd === undefined ? 'was not told which' : `cannot choose by this ${quote(odd)}`
  throw new CapiConfigError(
    'config_invalid',
    `deadLetters.${method} ${what}: it takes a filter by ${Object.keys(rules).join(', ')}, none undefined, or 'all'. Nothing was changed.`,
  )
}
