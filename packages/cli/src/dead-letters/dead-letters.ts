import type { ReplayResult } from '@capi/core'
import { type Chosen, listDead, type Outbox, purgeDead, replayDead } from '@capi/core/outbox'
import { CliError } from '../shell/cli-error.ts'
import type { Exit } from '../shell/exit-codes.ts'
import { tableText } from '../shell/table.ts'
import type { Terminal } from '../shell/terminal.ts'
import type { StoreFlags } from '../store/flags.ts'
import { withStores } from '../store/open-store.ts'
import { confirm } from './confirm.ts'

/** What the commands take. */
export interface DeadLetterOptions extends StoreFlags {
  readonly pixelId?: string
  readonly eventId?: readonly string[]
  readonly key?: readonly string[]
  readonly limit?: number
  readonly all?: boolean
  readonly yes?: boolean
}

/** Prints them, newest first. Holds no field of an event but name and id. */
export async function list(terminal: Terminal, options: DeadLetterOptions): Promise<Exit> {
  const { limit = 100 } = options
  const found = await withStores(terminal, options, ({ outbox }) =>
    listDead(outbox, chosenBy(options), limit),
  )
  const letters = found.flat().slice(0, limit)
  if (terminal.isJson) {
    for (const letter of letters) terminal.print(JSON.stringify(letter))
    return 'ok'
  }
  if (letters.length === 0) {
    terminal.say('There are no dead letters.')
    return 'ok'
  }
  const rows = letters.map(({ key, pixelId, event_name, event_id, cause, diedAtMs }) => [
    new Date(diedAtMs).toISOString().slice(0, 19),
    pixelId,
    event_name,
    event_id,
    [cause.code, cause.fbtrace_id].filter((part) => part !== undefined).join(' '),
    key,
  ])
  terminal.print(
    tableText([['refused', 'dataset', 'event_name', 'event_id', 'reason', 'key'], ...rows]),
  )
  terminal.say(
    'What a reason means: /troubleshooting/meta-errors/. Fix it, then: capi dead-letters replay',
  )
  return 'ok'
}

/** Puts them back, to be delivered by the application. Ends as `partial` where the outbox had no room. */
export async function replay(terminal: Terminal, options: DeadLetterOptions): Promise<Exit> {
  const chosen = demandChoice(options)
  const results = await withStores(terminal, options, ({ outbox }) => replayIn(outbox, chosen))
  const total = results.reduce(added)
  const waiting = Object.values(total.replayed).reduce((all, count) => all + count, 0)
  if (terminal.isJson) terminal.print(JSON.stringify(total))
  else
    terminal.print(
      `${waiting} wait again, ${total.duplicate} were there already, ${total.expired} are too old for Meta, ${total.full} found no room`,
    )
  if (waiting > 0) terminal.say('The application that has this outbox delivers them.')
  return total.full > 0 ? 'partial' : 'ok'
}

/** Removes them for good, after a question where one can be asked. */
export async function purge(terminal: Terminal, options: DeadLetterOptions): Promise<Exit> {
  const chosen = demandChoice(options)
  await confirm(terminal, 'Remove these dead letters for good?', options.yes === true)
  const results = await withStores(terminal, options, ({ outbox }) => purgeDead(outbox, chosen))
  const purged = results.reduce((all, count) => all + count, 0)
  terminal.print(terminal.isJson ? JSON.stringify({ purged }) : `${purged} removed`)
  return 'ok'
}

function replayIn(outbox: Outbox, chosen: Chosen): Promise<ReplayResult> {
  const time = () => ({ tickMs: performance.now(), nowMs: Date.now() })
  return replayDead(outbox, chosen, {
    nowMs: Date.now(),
    put: (letters) =>
      outbox.put(
        letters.map(({ item }) => item),
        time(),
      ),
  })
}

function added(one: ReplayResult, other: ReplayResult): ReplayResult {
  const replayed = { ...one.replayed }
  for (const [id, count] of Object.entries(other.replayed))
    replayed[id] = (replayed[id] ?? 0) + count
  return {
    replayed,
    expired: one.expired + other.expired,
    duplicate: one.duplicate + other.duplicate,
    full: one.full + other.full,
  }
}

function chosenBy({ pixelId, eventId, key }: DeadLetterOptions): Chosen {
  return {
    ...(pixelId !== undefined && { pixelId }),
    ...(eventId !== undefined && { event_ids: eventId }),
    ...(key !== undefined && { keys: key }),
  }
}

/** Nothing named never means all. @throws CliError `usage_invalid` */
function demandChoice(options: DeadLetterOptions): Chosen {
  const chosen = chosenBy(options)
  const isNamed = Object.keys(chosen).length > 0
  if (isNamed === (options.all === true))
    throw new CliError(
      'usage_invalid',
      'Name which: --event-id, --key or --pixel-id; or --all. Nothing was changed.',
    )
  return chosen
}
