import { fakeClock } from '@capi/testing'
import { expect, it } from 'vitest'
import { readBody } from '../../src/collector/read-body.ts'

const bytes = (...sizes: readonly number[]) =>
  new ReadableStream<Uint8Array>({
    start(controller) {
      for (const [n, size] of sizes.entries()) controller.enqueue(new Uint8Array(size).fill(n + 1))
      controller.close()
    },
  })

it.each<[sizes: number[], isTaken: boolean]>([
  [[], true],
  [[9], true],
  [[10], true],
  [[11], false],
  [[4, 6], true],
  [[4, 3, 3], true],
  [[4, 6, 1], false],
])('takes up to maxBytes and no more: %j of 10', async (sizes, isTaken) => {
  const clock = fakeClock()
  const body = await readBody(bytes(...sizes), { maxBytes: 10, timeoutMs: 1_000, clock })
  const whole = sizes.flatMap((size, n) => Array.from({ length: size }, () => n + 1))
  expect(body).toEqual(
    isTaken ? { ok: true, bytes: Uint8Array.from(whole) } : { ok: false, reason: 'too_large' },
  )
  expect(clock.timers()).toBe(0)
})
