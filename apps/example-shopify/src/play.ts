import { createEmulator } from '@capi/emulator'
import { playDay } from './play-day.ts'
import { table } from './table.ts'

/** `CAPI_BASE_URL`: a running emulator's address; else one is started, and with --stay kept for its page. */
const running = process.env['CAPI_BASE_URL']
const emulator = running ? undefined : createEmulator()
const url =
  running || (await emulator?.listen({ port: Number(process.env['EMULATOR_PORT'] || 2274) }))?.url
if (url === undefined) throw new Error('No emulator.')

const { rows, stats } = await playDay(url)
const dropped = Object.values(stats.dropped).reduce((sum, count) => sum + count, 0)
console.log(table(rows))
console.log(
  `\n${rows.length} deliveries: ${stats.tracked} events tracked, ${stats.delivered} delivered, ` +
    `${stats.queued} queued, ${dropped} dropped.`,
)
if (process.argv.includes('--stay')) console.log(`\nLook at ${url}/ — Ctrl-C ends it.`)
else await emulator?.close()
