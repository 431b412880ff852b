import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { REPOSITORY } from '../public-packages.ts'

/**
 * Figures that people read, beside the constant or the default that they come from: a file, a name, a unit. Below it, each place
 * that has the figure, as `{}`. Files are from `packages/`.
 */
const FIGURES = `
core/src/collector/sign-event.ts THIRTY_MINUTES_MS minutes
  core/src/collector/sign-event.ts: Milliseconds; default {}.
  express/README.md: must be signed** by your server, for {}:
core/src/collector/collector-options.ts maxBytes KiB
  core/src/collector/collector-options.ts: Maximum length of a body; default {}.
  core/README.md: A body has 4 seconds and {}.
  express/README.md: \`sendBeacon\` text, {}, five levels deep
  fastify/README.md: It reads bodies itself, {} at most
core/src/collector/collect.ts BODY_TIMEOUT_MS seconds
  core/README.md: A body has {} and 16 KiB.
  express/README.md: five levels deep, {} for the
  express/README.md: not there after {}, or cut off
core/src/collector/rate-limiter.ts burst
  core/src/collector/rate-limiter.ts: Calls an address may make at once; default {}.
  core/src/collector/collector-options.ts: default {} at once
core/src/collector/rate-limiter.ts perMinute
  core/src/collector/rate-limiter.ts: And then in each minute; default {}.
  core/src/collector/collector-options.ts: and {} in each minute
core/src/collector/rate-limiter.ts maxAddresses
  core/src/collector/rate-limiter.ts: Addresses to remember; default {}.
core/src/client/resolve-options.ts maxEvents
  core/src/delivery/delivery-options.ts: Most events in one request; default {}.
  core/README.md: at most {} events, after at most 200 ms
  core/README.md: | \`batch\` | {} events,
core/src/client/resolve-options.ts maxBytes Ki
  core/src/delivery/delivery-options.ts: characters of event JSON in one request; default {}.
  core/README.md: | \`batch\` | 100 events, {} characters,
core/src/client/resolve-options.ts maxWaitMs
  core/src/delivery/delivery-options.ts: wait for company; default {} ms.
  core/README.md: at most 100 events, after at most {} ms
core/src/client/resolve-options.ts concurrency
  core/src/delivery/delivery-options.ts: while Meta takes them; default {}.
core/src/client/resolve-options.ts putTimeoutMs
  core/src/client/options.ts: takes at most, whatever the outbox does; default {}.
core/src/client/resolve-options.ts maxEventBytes
  core/src/client/options.ts: JSON, default {} (256 KiB).
core/src/client/resolve-options.ts maxConnections
  core/src/client/options.ts: over all pixels; default {}.
core/src/client/resolve-options.ts maxHeld
  core/src/client/options.ts: whose put got no answer in time; default {}.
  core/README.md: | \`whileAway\` | {} events, 32 Mi characters
core/src/client/resolve-options.ts maxHeldBytes Mi
  core/src/client/options.ts: Most characters of event JSON held; default {}.
  core/README.md: | \`whileAway\` | 20,000 events, {} characters
core/src/client/resolve-options.ts baseDelayMs
  core/src/delivery/backoff.ts: it doubles with each. Default {}.
core/src/client/resolve-options.ts maxDelayMs
  core/src/delivery/backoff.ts: (\`Retry-After\`) is longer. Default {}.
core/src/client/drain.ts DEFAULT_TIMEOUT_MS
  core/src/client/tracker.ts: Milliseconds to wait; default {}.
core/src/client/deliver-messages.ts DELIVER_MS
  core/src/client/deliver-messages.ts: milliseconds to try; default {}.
core/src/client/close-on-shutdown.ts timeoutMs
  core/src/client/close-on-shutdown.ts: Milliseconds for everything; default {}.
core/src/store/lease-keeper.ts DEFAULT_LEASE_MS
  core/src/store/outbox-port.ts: three times as often; default {}.
core/src/store/lease-keeper.ts MAX_RENEWED_MS minutes
  postgres/README.md: a living one extends it, up to {}
core/src/quality/read-graph.ts timeoutMs
  core/src/quality/read-graph.ts: Milliseconds for a whole request, default {}.
core/src/user-data/fbc-warnings.ts FBC_LIFE_MS
  core/README.md: an \`fbc\` older than {} days is left out
core/src/delivery/doubts.ts WINDOW_MS hours
  core/README.md: After an outage of more than {} Meta
core/src/http/cookies.ts MAX_AGE_SEC days of seconds
  browser/README.md: is made where there is none. {}.
browser/src/click-ids.ts MAX_AGE_SEC days of seconds
  browser/README.md: is made where there is none. {}.
browser/src/limits.ts MAX_WAITING
  browser/README.md: under \`pending\`, {} events wait
browser/src/limits.ts MAX_BYTES KiB
  browser/README.md: **An event above {}** is sent without
emulator/src/emulator.ts max
  emulator/src/options.ts: How many of the newest events, and of the newest calls, are kept. Default {}.
  emulator/src/cli/arguments.ts: (default {}; exec 10000)
emulator/src/emulator.ts timeoutMs digits
  emulator/src/options.ts: Default {}.
emulator/src/rules/check-event-time.ts MAX_AGE_DAYS
  emulator/README.md: \`event_time\` over {} days old (62
emulator/src/rules/check-event-time.ts MAX_AGE_DAYS_IN_STORE
  emulator/README.md: \`event_time\` over 7 days old ({} for
emulator/src/rules/attribution-rules.ts MAX_DELAY_SEC hours of seconds
  emulator/README.md: | \`AppendAttribution\` {} after
emulator/src/rules/check-call.ts MAX_EVENTS
  emulator/README.md: | More than {} events
emulator/src/analysis/person-facts.ts CLICK_LIFE_MS days
  emulator/README.md: not a click older than {}.
postgres/src/outbox-options.ts leaseMs
  postgres/src/outbox-options.ts: the worker that has them died, default {}.
  postgres/README.md: | \`leaseMs\` | {} |
postgres/src/outbox-options.ts pollMs
  postgres/src/outbox-options.ts: that other processes put, default {}.
postgres/src/outbox-options.ts maxEvents
  postgres/src/outbox-options.ts: About how many events may wait, default {}.
redis/src/outbox-options.ts maxEvents
  redis/src/outbox-options.ts: Most events that wait, default {}.
redis/src/outbox-options.ts maxMemoryShare
  redis/src/outbox-options.ts: no event is taken, default {}.
redis/src/outbox-options.ts leaseMs
  redis/src/outbox-options.ts: keeps its events, milliseconds, default {},
sqlite/src/outbox-options.ts maxEvents
  sqlite/src/outbox-options.ts: Most events held, default {}.
sqlite/src/outbox-options.ts maxBytes GiB
  sqlite/src/outbox-options.ts: Most bytes of event JSON held, default {};
shopify/src/webhook/seen-deliveries.ts REMEMBERED_MS hours
  shopify/README.md: Shopify repeats a webhook for up to {},
core/src/store/memory-outbox.ts maxEvents
  core/src/store/memory-outbox.ts: Most events held; default {}.
  core/README.md: The default outbox is memory: bounded ({} events or
  core/src/client/options.ts: \`memoryOutbox()\`: {} events,
shopify/src/webhook/resolve-options.ts DEFAULT_TIMEOUT_MS
  shopify/src/webhook/options.ts: whatever happens; default {}.
  shopify/README.md: | {} ms, 5 MiB |
shopify/src/webhook/resolve-options.ts SHOPIFY_WAITS_MS
  shopify/src/webhook/options.ts: Shopify waits {}.
shopify/src/webhook/resolve-options.ts DEFAULT_MAX_BODY_BYTES MiB
  shopify/src/webhook/options.ts: Largest body taken, bytes; default {}.
  shopify/README.md: | 4,000 ms, {} |
shopify/src/orders/memory-order-store.ts maxOrders
  shopify/src/orders/memory-order-store.ts: Most orders remembered; default {},
`

const plain = (value: number) => value.toLocaleString('en-US', { maximumFractionDigits: 6 })
const per = (size: number, unit: string) => (value: number) => `${plain(value / size)} ${unit}`

const UNITS: Readonly<Record<string, (value: number) => string>> = {
  '': plain,
  digits: String,
  seconds: per(1_000, 'seconds'),
  minutes: per(60_000, 'minutes'),
  hours: per(3_600_000, 'hours'),
  days: per(86_400_000, 'days'),
  'hours of seconds': per(3_600, 'hours'),
  'days of seconds': per(86_400, 'days'),
  Ki: per(2 ** 10, 'Ki'),
  Mi: per(2 ** 20, 'Mi'),
  KiB: per(2 ** 10, 'KiB'),
  MiB: per(2 ** 20, 'MiB'),
  GiB: per(2 ** 30, 'GiB'),
}

interface Figure {
  readonly source: string
  readonly name: string
  readonly unit: string
  readonly places: readonly (readonly [file: string, sentence: string])[]
}

function figures(): readonly Figure[] {
  return FIGURES.trim()
    .split(/\n(?! )/)
    .map((row) => {
      const [head = '', ...places] = row.split('\n  ')
      const [source = '', name = '', ...unit] = head.split(' ')
      const split = (place: string) => {
        const at = place.indexOf(': ')
        return [place.slice(0, at), place.slice(at + 2)] as const
      }
      return { source, name, unit: unit.join(' '), places: places.map(split) }
    })
}

const read = (file: string) => readFileSync(join(REPOSITORY, 'packages', file), 'utf8')

/** Without line breaks, and the marks of comments at their starts. */
const text = (file: string) =>
  read(file)
    .replaceAll(/\s*\n\s*(?:\*(?!\/)|\/\/)?\s*/g, ' ')
    .replaceAll(/ +/g, ' ')

const withoutComments = (code: string) => code.replaceAll(/\/\*.*?\*\//gs, '')

/** `NAME = 5 * 60_000`, `name: atLeast(1, 500)`, or `name = 30` among options. */
function numberIn({ source, name }: Figure): number {
  const start = String.raw`\b${name}(?:\s*[=:]\s*|: number = | = options\.\w+ \?\? )`
  const wrapped = String.raw`(?:(?:atLeast\([\d_.]+, |Math\.max\())?`
  const number = String.raw`([\d_.]+(?: \*\*? [\d_.]+)*)`
  const found = new RegExp(start + wrapped + number).exec(withoutComments(read(source)))?.[1]
  if (found === undefined) throw new Error(`${source} gives ${name} no number`)
  return found
    .replaceAll('_', '')
    .split(' * ')
    .map((factor) => factor.split(' ** ').map(Number))
    .reduce((product, [base = 1, exponent = 1]) => product * base ** exponent, 1)
}

it.each(figures())('says of $name what $source does', (figure) => {
  const words = UNITS[figure.unit]?.(numberIn(figure)) ?? `no unit ${figure.unit}`
  expect(figure.places).not.toEqual([])
  for (const [file, sentence] of figure.places)
    expect(text(file), file).toContain(sentence.replace('{}', words))
})
