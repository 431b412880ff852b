import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type Attempt, classify } from '../../src/transport/classify.ts'
import vectors from '../../vectors/verdicts.json' with { type: 'json' }

interface Vector {
  readonly name: string
  readonly phase?: string
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  readonly code: string
  readonly verdict: string
  readonly waitMs?: number
}

function attemptOf({ phase, status, headers = {}, body = '', code }: Vector): Attempt {
  if (phase === 'not_sent' || phase === 'no_answer') return { phase, code }
  return { phase: 'answered', status: status ?? 0, headers, body, sent: 2 }
}

it.each(vectors as readonly Vector[])('$name: $verdict', (vector) => {
  const { verdict, code, waitMs } = classify(attemptOf(vector))
  const expected = { verdict: vector.verdict, code: vector.code, waitMs: vector.waitMs }
  expect({ verdict, code, waitMs }).toEqual(expected)
})

const BEYOND = 'rejected'
/** Every code of the table, both ends of every range, and what stands just beyond them. */
const CODES: readonly (readonly [verdict: string, ...codes: number[]])[] = [
  ['retry', 1_404_078, 2_859_015, 3_910_001],
  ['throttled', 4, 17, 32, 341, 613],
  ['throttled', 80_000, 80_001, 80_013, 80_014],
  [BEYOND, 79_999, 80_015],
  ['auth', 102, 104, 190],
  ['config', 3, 10, 12, 101, 368, 803, 2500, 2635],
  ['config', 200, 201, 298, 299],
  [BEYOND, 199, 300],
  ['config', 1_404_163, 2_044_055],
  ['retry', -1, -3, 1, 2, 960, 5000, 21_009],
]
const judged = (status: number, error: object) =>
  classify({
    phase: 'answered',
    status,
    headers: {},
    body: JSON.stringify({ error }),
    sent: 2,
  }).verdict

it.each(CODES)('judges %s: %j, and further codes of the same row', (verdict, ...codes) => {
  for (const code of codes) expect(judged(400, { code }), `${code}`).toBe(verdict)
})

it('knows a number of seven digits also as the subcode of another, and no shorter one', () => {
  for (const [verdict, ...codes] of CODES)
    for (const error_subcode of codes)
      expect(judged(400, { code: 100, error_subcode }), `${error_subcode}`).toBe(
        error_subcode > 1_000_000 ? verdict : BEYOND,
      )
})

it.each<[isMetas: boolean, verdict: string, ...statuses: number[]]>([
  [true, 'throttled', 429],
  [true, 'auth', 401],
  [true, 'config', 403, 404],
  [true, 'retry', 500, 503, 599],
  [true, 'rejected', 300, 400, 402, 405, 413, 499],
  [false, 'throttled', 429],
  [false, 'auth', 401],
  [false, 'rejected', 413],
  [false, 'retry', 300, 302, 399, 400, 403, 404, 499],
  [false, 'ambiguous', 200, 299, 500, 502, 504],
])('judges a bare status (Meta’s: %s) as %s: %j', (isMetas, verdict, ...statuses) => {
  for (const status of statuses) {
    const body = isMetas ? '{"error":{"code":98765}}' : '<html>'
    const attempt = { phase: 'answered', status, headers: {}, body, sent: 2 } as const
    expect(classify(attempt).verdict, `${status}`).toBe(verdict)
  }
})

it('judges any answer, and never calls a body delivered that Meta did not write', () => {
  const name = fc.constantFrom('retry-after', 'x-business-use-case-usage', 'x-ad-account-usage')
  const text = fc.oneof(fc.string(), fc.json())
  const status = fc.integer({ min: 100, max: 599 })
  fc.assert(
    fc.property(status, fc.dictionary(name, text), text, (httpStatus, headers, body) => {
      const attempt = { phase: 'answered', status: httpStatus, headers, body, sent: 2 } as const
      const { verdict, waitMs = 1 } = classify(attempt)
      if (!body.includes('events_received')) expect(verdict).not.toBe('delivered')
      expect(waitMs).toBeGreaterThan(0)
      expect(waitMs).toBeLessThanOrEqual(86_400_000)
    }),
    { numRuns: 1_000 },
  )
})
