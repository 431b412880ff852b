import type { PixelCounts } from '@capi/core/outbox'
import type { Exit } from '../shell/exit-codes.ts'
import { tableText } from '../shell/table.ts'
import type { Terminal } from '../shell/terminal.ts'
import type { StoreFlags } from '../store/flags.ts'
import { withStores } from '../store/open-store.ts'

/** Prints what an outbox holds. */
export async function stats(terminal: Terminal, flags: StoreFlags): Promise<Exit> {
  const found = await withStores(terminal, flags, async ({ outbox, name }) => ({
    store: name,
    pixels: await outbox.counts(),
  }))
  const pixels = sum(found.map((one) => one.pixels))
  const total = Object.values(pixels).reduce(add, NONE)
  if (terminal.isJson) {
    terminal.print(JSON.stringify({ stores: found.map(({ store }) => store), ...total, pixels }))
    return 'ok'
  }
  terminal.say(found.map(({ store }) => store).join(', '))
  const rows = Object.entries(pixels).map(([id, { queued, dead }]) => [id, queued, dead])
  const foot = rows.length === 1 ? [] : [['all', total.queued, total.dead]]
  terminal.print(tableText([['dataset', 'waiting', 'dead letters'], ...rows, ...foot]))
  if (total.dead > 0) terminal.say('Why Meta refused them: capi dead-letters list')
  return 'ok'
}

const NONE: PixelCounts = { queued: 0, dead: 0 }

function add(one: PixelCounts, other: PixelCounts): PixelCounts {
  return { queued: one.queued + other.queued, dead: one.dead + other.dead }
}

function sum(all: readonly Readonly<Record<string, PixelCounts>>[]): Record<string, PixelCounts> {
  const total: Record<string, PixelCounts> = {}
  for (const [id, counts] of all.flatMap((pixels) => Object.entries(pixels)))
    total[id] = add(total[id] ?? NONE, counts)
  return total
}
