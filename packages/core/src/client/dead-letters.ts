import { asFields } from '../field/fields.ts'
import { CapiConfigError, CapiStoreError } from '../issue/errors.ts'
import { isPixelId } from '../option/pixel-ids.ts'
import { quote } from '../option/unknown-names.ts'
import { type Chosen, listDead, purgeDead, replayDead } from '../store/dead-letters.ts'
import type { DeadItem, PutResult } from '../store/outbox-port.ts'
import type { ClientState } from './client-state.ts'
import { sweep } from './outbox.ts'
import type { DeadLetters } from './tracker.ts'

const LISTED = 100
const REPLAY_FAILED =
  'The outbox did not say in time whether it has the events: their dead letters stay. Replay again when it answers; what it has by then is a duplicate.'

/** What Meta refused, for the client's user. */
export function deadLetters(state: ClientState): DeadLetters {
  const { store, options } = state

  /** They wait again. What the outbox says late is counted when it says so: the letter is a duplicate then. */
  async function put(letters: readonly DeadItem[]): Promise<readonly PutResult[]> {
    const answers = await store.put(letters.map(({ item }) => item))
    return answers.map(({ result, cause }) => {
      if (result !== 'held' && result !== 'failed') return result
      const problem = cause?.code.replace(/^store_/, '') ?? 'timeout'
      throw new CapiStoreError(problem, REPLAY_FAILED)
    })
  }

  return {
    async list(filter = {}) {
      const { limit = LISTED, ...chosen } = readChoice(filter, 'list', LIST_RULES)
      await sweep(state) // Those that are too old are none any more.
      return await listDead(store, chosen, limit)
    },
    purge: async (which) => await purgeDead(store, readChoice(which, 'purge')),
    async replay(which) {
      const chosen = readChoice(which, 'replay')
      return await replayDead(store, chosen, { nowMs: options.time.nowMs(), put })
    },
  }
}

/** A filter that is sound. */
interface Read extends Chosen {
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
function readChoice(which: unknown, method: keyof DeadLetters, rules = RULES): Read {
  if (which === 'all' && rules === RULES) return {}
  const fields = asFields(which)
  const names = Object.keys(fields ?? {})
  const odd = names.find((name) => !(Object.hasOwn(rules, name) && rules[name]?.(fields?.[name])))
  const isSaid = names.length > 0 || rules !== RULES
  if (fields !== undefined && odd === undefined && isSaid) return fields
  throw new CapiConfigError(
    'config_invalid',
    `deadLetters.${method} ${complaint(odd, rules)}. Pass a filter of ${Object.keys(rules).join(', ')}, none undefined${rules === RULES ? ", or 'all'" : ''}. Nothing was changed.`,
  )
}

function complaint(odd: string | undefined, rules: Rules): string {
  if (odd === undefined) return 'needs to know which letters'
  return Object.hasOwn(rules, odd)
    ? `cannot read the value of ${quote(odd)}`
    : `has no filter ${quote(odd)}`
}
