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
