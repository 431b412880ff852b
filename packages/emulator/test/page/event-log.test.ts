import { describe, expect, it } from 'vitest'
import { activityOf } from '../../page/src/model/activity.ts'
import { applyMessages, indexOfId, type LogMessage } from '../../page/src/model/event-log.ts'
import { captured } from './events.ts'

const came = (id: number): LogMessage => ({ type: 'capi', event: captured({ id }) })
const ids = (messages: readonly LogMessage[], max?: number, from: readonly number[] = []) =>
  applyMessages(
    from.map((id) => captured({ id })),
    messages,
    max,
  ).map(({ id }) => id)

describe('the page’s events', () => {
  it('are kept in order of arrival, the oldest leaving first', () => {
    expect(ids([came(3), came(4), came(5)], 3, [1, 2])).toEqual([3, 4, 5])
  })

  it('are not doubled when a resumed stream repeats them, nor set back to an older state', () => {
    const kept = [captured({ id: 1 }), captured({ id: 2, status: 'deduplicated' })]
    expect(applyMessages(kept, [came(2), came(3)]).map(({ status }) => status)).toEqual([
      'processed',
      'deduplicated',
      'processed',
    ])
  })

  it('change their status in place', () => {
    const kept = [captured({ id: 1 }), captured({ id: 2 })]
    const update: LogMessage = {
      type: 'update',
      event: captured({ id: 1, status: 'deduplicated' }),
    }
    expect(applyMessages(kept, [update]).map(({ status }) => status)).toEqual([
      'deduplicated',
      'processed',
    ])
    expect(kept[0]?.status).toBe('processed')
  })

  it('ignore news of an event that is gone', () => {
    expect(ids([{ type: 'update', event: captured({ id: 1 }) }], 10, [5])).toEqual([5])
  })

  it('lose those of one dataset alone when it is cleared', () => {
    const other = captured({ id: 4, pixel_id: 'other' })
    const messages = [
      came(3),
      { type: 'capi', event: other },
      { type: 'clear', pixel_id: 'other' },
      came(5),
    ] as const
    expect(ids(messages, 10, [1])).toEqual([1, 3, 5])
  })

  it('begin anew after a clearing', () => {
    expect(ids([came(3), { type: 'clear' }, came(4)], 10, [1, 2])).toEqual([4])
  })

  it('are found by id', () => {
    const kept = [2, 3, 7, 9].map((id) => captured({ id }))
    expect([2, 3, 7, 9, 1, 5, 10, Number.NaN].map((id) => indexOfId(kept, id))).toEqual([
      0, 1, 2, 3, -1, -1, -1, -1,
    ])
  })
})

describe('activity', () => {
  it('counts by minute and source, and leaves out what is older', () => {
    const now = 1_793_491_200_000
    const at = (agoMs: number, source: 'server' | 'browser' = 'server') =>
      captured({ received_at: now - agoMs, source })
    const counts = activityOf([at(600_000), at(61_000), at(60_000, 'browser'), at(0)], now, 3)
    expect(counts).toEqual([
      { server: 1, browser: 0 },
      { server: 0, browser: 1 },
      { server: 1, browser: 0 },
    ])
  })
})
