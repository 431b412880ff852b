import type { StateRule } from '../sources/source.ts'
import type { CellReader } from './cells.ts'
import { type Outcome, REFUSALS } from './outcome.ts'
import type { Plan } from './plan.ts'

/** States come from an export's own column; a text that is longer is another kind of cell, and is not repeated. */
const MAX_SHOWN = 40

/** Says whether an order is a sale; undefined: it is. */
export function stateReader({ source, answers, columns }: Plan, cells: CellReader) {
  const extra = new Set((answers.sold ?? []).map((state) => state.trim().toLowerCase()))
  const rules = (source.states ?? []).filter(({ target }) => columns.has(target))
  const isOwn = columns.has('state.state') && rules.length === 0
  const all = isOwn ? [...rules, OWN] : rules

  return (row: readonly string[]): Outcome | undefined => {
    for (const rule of all) {
      const outcome = judge(rule, cells.first(row, rule.target).toLowerCase())
      if (outcome !== undefined) return outcome
    }
    return undefined
  }

  function judge(rule: StateRule, state: string): Outcome | undefined {
    if (extra.has('all') && rule.isAnyUnsold !== true) return undefined
    if (state === '' && rule.blank === 'sold') return undefined
    if (state !== '' && extra.has(state)) return undefined
    if (rule.isAnyUnsold === true) return { kind: 'skipped', reason: nameOf(rule) }
    if (rule.sold.includes(state)) return undefined
    if (rule.unsold.includes(state)) return { kind: 'skipped', reason: state }
    // Where the user names all states that count, the others do not.
    if (rule.sold.length === 0 && extra.size > 0)
      return { kind: 'skipped', reason: state === '' ? 'no state' : shown(state) }
    const named = state === '' ? 'The state is blank.' : `The state is "${shown(state)}".`
    return { kind: 'refused', code: 'state_unknown', fix: `${named} ${REFUSALS.state_unknown}` }
  }
}

/** A column of states that the user named. */
const OWN: StateRule = { target: 'state.state', sold: [], unsold: [] }

const nameOf = ({ target }: StateRule) => target.slice('state.'.length)
const shown = (state: string) =>
  state.length > MAX_SHOWN ? `${state.slice(0, MAX_SHOWN)}…` : state
