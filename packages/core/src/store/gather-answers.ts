import type { OutboxItem } from './outbox-port.ts'
import type { PutAnswer } from './put-entries.ts'

/** One answer for each item, in their order. `startTimer` limits how long they may take, and returns how to cancel that. */
export function gatherAnswers(
  items: readonly OutboxItem[],
  queue: {
    readonly add: (item: OutboxItem, tell: (answer: PutAnswer) => void) => void
    readonly startSoon: () => void
    readonly startTimer: () => (() => void) | undefined
  },
): Promise<readonly PutAnswer[]> {
  return new Promise((resolve) => {
    const answers: PutAnswer[] = []
    let left = items.length
    let cancel: (() => void) | undefined
    const done = () => {
      cancel?.()
      resolve(answers)
    }
    for (const [index, item] of items.entries())
      queue.add(item, (answer) => {
        answers[index] = answer
        if (--left === 0) done()
      })
    if (left === 0) return done()
    cancel = queue.startTimer()
    queue.startSoon()
  })
}
