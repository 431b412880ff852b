// How an outage of Meta's ends for the default outbox: the rule by which a lane waits, played many times, beside the one before it.
// @boundaries-ignore how long a lane waits is no public name
import { probeDelay, type ResolvedRetry } from '../../src/delivery/backoff.ts'

/** What a lane waits after its n-th failure, given how many events wait by then. */
type Rule = (attempt: number, random: () => number) => (waiting: number) => number

const TIMES = Number(process.env['BENCH_TIMES'] ?? 20_000)
/** The default outbox. */
const MAX_EVENTS = 20_000
const OUTAGES_SEC = [30, 60, 120, 180, 210, 300, 600]
const RATES = [50, 90]
/** The first failures fall within so long after the outage began. */
const FIRST_MS = 200
/** A lane looks this often at what has piled up: each event that comes wakes it. */
const LOOK_MS = 500

const RULES: Readonly<Record<string, Rule>> = {
  /** Until 2026-11-28: anything up to the doubled base, and up to five minutes. */
  before: (attempt, random) => {
    const ceilingMs = Math.min(300_000, 1_000 * 2 ** (attempt - 1))
    const delayMs = Math.max(250, ceilingMs * random())
    return () => delayMs
  },
  now: (attempt, random) => {
    const retry: ResolvedRetry = { baseDelayMs: 1_000, maxDelayMs: 30_000 }
    return probeDelay(attempt, retry, random)
  },
}

/** @returns how long after Meta was back the first request reached it, milliseconds, and how many it got none of. */
function play(rule: Rule, outageMs: number, perSec: number): { silenceMs: number; probes: number } {
  const waitingAt = (ms: number) => Math.min(MAX_EVENTS, (ms / 1_000) * perSec)
  let ms = Math.random() * FIRST_MS
  let probes = 0
  for (let attempt = 1; ms < outageMs; attempt++) {
    probes++
    const delay = rule(attempt, Math.random)
    const startMs = ms
    while (ms < startMs + delay(waitingAt(ms)))
      ms = Math.min(ms + LOOK_MS, startMs + delay(waitingAt(ms)))
  }
  return { silenceMs: ms - outageMs, probes }
}

function quantile(sorted: readonly number[], share: number): string {
  return ((sorted[Math.floor(share * (sorted.length - 1))] ?? 0) / 1_000).toFixed(1)
}

console.log(
  `${TIMES} outages each. Silence: seconds after Meta was back until the first request reached it.`,
)
console.log(
  '| outage | events a second | rule | silence p50 | p90 | p99 | longest | requests | outbox full |',
)
console.log('|---|---|---|---|---|---|---|---|---|')
for (const outageSec of OUTAGES_SEC)
  for (const perSec of RATES)
    for (const [name, rule] of Object.entries(RULES)) {
      const runs = Array.from({ length: TIMES }, () => play(rule, outageSec * 1_000, perSec))
      const silences = runs.map(({ silenceMs }) => silenceMs).sort((a, b) => a - b)
      const isFull = (silenceMs: number) => (outageSec + silenceMs / 1_000) * perSec > MAX_EVENTS
      const full = (100 * silences.filter(isFull).length) / TIMES
      const probes = runs.reduce((sum, run) => sum + run.probes, 0) / TIMES
      const cells = [
        `${outageSec} s`,
        perSec,
        name,
        ...[0.5, 0.9, 0.99, 1].map((share) => quantile(silences, share)),
        probes.toFixed(1),
        `${full.toFixed(1)} %`,
      ]
      console.log(`| ${cells.join(' | ')} |`)
    }
