import { createCapi, memoryOutbox } from '@capi/core'
import type { Desk } from '../test/desk.ts'

const outbox = memoryOutbox()

export const mistake = ({ options }: Desk) => [
  createCapi({ ...options, outbox }),
  createCapi({ ...options, outbox }),
]
