import { randomUUID } from 'node:crypto'

/** An opaque id; every one seen begins with A. A UUID, since Node keeps its chance in store. */
export function traceId(): string {
  return `A${Buffer.from(randomUUID().replaceAll('-', ''), 'hex').toString('base64url')}`
}
