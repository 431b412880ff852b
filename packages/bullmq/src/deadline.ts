import { storeError } from './outbox-problem.ts'

/** The work's answer, or a rejection as `unreachable` when there is none in time. What comes later is nobody's error. */
export function within<T>(ms: number, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(storeError('unreachable', `none in ${ms} ms`)), ms)
    work.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}
