import { chance, fakeClock } from '@capi/testing'
import { expect, it } from 'vitest'
import { type Capi, createCapi, type Drop } from '../../src/index.ts'
import { flakyMeta, keyOf } from './flaky-meta.ts'
import { mortalDisk } from './mortal-outbox.ts'

/** Thousands by hand: CAPI_SEEDS=5000 npx vitest run --project core simulation. CAPI_SEED=17 runs one. */
const SEEDS = Number(process.env['CAPI_SEEDS'] ?? 50)
const ONLY = process.env['CAPI_SEED']

const HOUR_MS = 3_600_000
const PIXELS = ['1111111111', '2222222222', '3333333333'] as const
const SPARED = PIXELS[2]
const CANARIES = /anna\.muster|791234567|secret-token/i

const total = (counts: Readonly<Record<string, number>>) =>
  Object.values(counts).reduce((sum, one) => sum + one, 0)

/**
 * One run: a shop tracks for some hours while Meta, the disk and the machine's clock misbehave and
 * the process is killed; then all is well again. Checks the invariants I1 to I8 of the design.
 */
async function simulate(seed: number): Promise<void> {
  const random = chance(seed)
  const clock = fakeClock(undefined, 4)
  const meta = flakyMeta(clock, random)
  meta.spared.add(SPARED)
  const maxEvents = random.pick([8, 40, 1_000])
  const disk = mortalDisk({ maxEvents }, random)
  let diskTrouble = 0
  const said: unknown[] = []
  const accepted = new Set<string>()
  const dropped = new Map<string, string>()
  const expiresAtMs = new Map<string, number>()
  let latestMs = clock.now()
  let isSparedDisturbed = false
  let wasKilled = false

  let alive = 0
  function start(): Capi {
    meta.forgetWaits()
    const self = ++alive
    return createCapi({
      pixelId: PIXELS,
      accessToken: 'secret-token',
      clock,
      // A killed process sends nothing more.
      fetch: (url, init) => (alive === self ? meta.fetch(url, init) : new Promise(() => {})),
      random: () => random.next(),
      outbox: disk.open(() => random.next() < diskTrouble),
      batch: { maxEvents: 1 + random.index(20), concurrency: 1 + random.index(3) },
      logger: { warn: (text) => said.push(text), error: (text) => said.push(text) },
      onDelivered: (batch) => said.push(batch),
      onDropped(drop: Drop) {
        said.push(drop)
        if (drop.pixelId === undefined) return
        for (const id of drop.event_ids) dropped.set(keyOf(drop.pixelId, id), drop.reason)
      },
    })
  }

  async function checkCounts(capi: Capi): Promise<void> {
    const { tracked, delivered, queued, unknown, dropped } = await capi.stats()
    const known = delivered + total(dropped) + (queued ?? 0)
    expect(known).toBeLessThanOrEqual(tracked)
    // While the outbox cannot count, nobody knows what waits in it.
    if (queued !== undefined) expect(known + unknown).toBeGreaterThanOrEqual(tracked)
    expect(await disk.queued(), 'I5').toBeLessThanOrEqual(maxEvents)
  }

  /** The outbox may be away: then the answer comes when `putTimeoutMs` is over. */
  async function trackSoon<T>(receipt: Promise<T>): Promise<T> {
    await clock.advance(1_000)
    return receipt
  }

  let capi = start()
  const events = 5 + random.index(50)
  for (let i = 0; i < events; i++) {
    meta.trouble = random.pick([0, 0.3, 0.9, 1])
    const isCalm = maxEvents === 1_000 && !isSparedDisturbed
    const event_id = `${random.next() < 0.08 ? 'bad' : 'good'}.${i}`
    const agedMs = random.next() < 0.2 ? random.index(168) * HOUR_MS : 0
    const fields = {
      event_id,
      event_time: new Date(clock.now() - agedMs),
      action_source: 'website',
      event_source_url: 'https://shop.example/',
      user_data: { em: 'Anna.Muster@example.com', ph: '+41791234567', client_user_agent: 'UA/1' },
    } as const
    expiresAtMs.set(event_id, fields.event_time.getTime() + 7 * 24 * HOUR_MS - 600_000)
    const trackOnce = async () => {
      const { outcome, durable = true } = await trackSoon(
        capi.track('Purchase', { value: 1, currency: 'EUR' }, fields),
      )
      const keys = PIXELS.map((pixelId) => keyOf(pixelId, event_id))
      const isWhole = outcome === 'accepted' && durable && !keys.some((key) => dropped.has(key))
      if (isWhole) for (const key of keys) accepted.add(key)
      return { outcome, durable, isWhole }
    }
    const receipt = await trackOnce()
    // A dead letter is not remembered: tracked again, it is another event.
    if (receipt.isWhole && !event_id.startsWith('bad') && random.next() < 0.1) {
      const again = await trackOnce()
      // While the outbox is away nobody knows: it is found to be the same when it is put.
      if (again.durable) expect(again.outcome, 'the same event twice').not.toBe('accepted')
    }
    await clock.advance(random.pick([0, 50, 1_000, 30_000, HOUR_MS]))
    if (isCalm && agedMs === 0 && event_id.startsWith('good') && receipt.outcome === 'accepted') {
      // A search for bad events takes its requests, and a pause for two of them half a minute.
      await clock.advance(60_000)
      expect(meta.processed.get(keyOf(SPARED, event_id)), 'I7: a healthy lane waits').toBe(1)
    }
    if (random.next() < 0.04) {
      disk.kill()
      alive++
      await clock.advance(1_000)
      capi = start()
      isSparedDisturbed = true
      wasKilled = true
    }
    if (random.next() < 0.05) {
      diskTrouble = random.pick([0, 0.2, 0.8])
      isSparedDisturbed = true
    }
    if (random.next() < 0.05) clock.jump((random.index(10) - 5) * HOUR_MS)
    if (random.next() < 0.1) {
      const flushed = capi.flush({ timeoutMs: 2_000 })
      await clock.advance(2_000)
      await flushed
    }
    latestMs = Math.max(latestMs, clock.now())
    await checkCounts(capi)
  }

  meta.trouble = 0
  diskTrouble = 0
  await clock.advance(HOUR_MS)
  // While only bad events wait, it is unknown whether Meta takes anything: a good one shows it.
  for (const id of ['last', 'very-last']) {
    await capi.track(
      'Lead',
      {},
      { action_source: 'other', event_id: id, user_data: { external_id: 1 } },
    )
    await clock.advance(HOUR_MS)
  }
  await checkCounts(capi)
  if ((await disk.queued()) > 0) {
    // An outbox full of bad ones takes no good one that would show it: they wait until they are too old.
    const open = [...accepted].filter((key) => !meta.processed.has(key) && !dropped.has(key))
    expect(
      open.filter((key) => !key.includes(' bad')),
      'I1: waits for ever',
    ).toEqual([])
    await clock.advance(8 * 24 * HOUR_MS)
    await checkCounts(capi)
  }
  expect(await disk.queued(), 'I1: something waits for ever').toBe(0)
  const dead = await capi.deadLetters.list({ limit: 1_000 })
  for (const letter of dead) dropped.set(keyOf(letter.pixelId, letter.event_id), 'rejected')
  for (const key of accepted) {
    const took = meta.processed.get(key) ?? 0
    // A process killed at that moment reports nothing of what it gave up.
    const isOld = wasKilled && (expiresAtMs.get(key.split(' ')[1] ?? '') ?? 0) <= latestMs
    const reason = dropped.get(key) ?? (isOld ? 'expired' : undefined)
    if (took > 0) expect(key, 'I1').not.toContain(' bad')
    else expect(reason, `I1: ${key}`).toMatch(key.includes(' bad') ? /rejected|expired/ : /expired/)
  }
  expect(meta.violations).toEqual([])
  expect(JSON.stringify(said), 'I8').not.toMatch(CANARIES)
  await capi.close()
}

it('loses nothing, repeats nothing under another id and reveals no personal data, whatever happens', async () => {
  const seeds =
    ONLY === undefined ? Array.from({ length: SEEDS }, (_one, seed) => seed) : [Number(ONLY)]
  for (const seed of seeds) {
    try {
      await simulate(seed)
    } catch (error) {
      throw new Error(`seed ${seed} (CAPI_SEED=${seed} repeats it)`, { cause: error })
    }
  }
}, 600_000)
