import { createCapi } from '@capi/core'
import type { Desk } from '../test/desk.ts'

export const mistake = ({ options }: Desk) =>
  createCapi({ ...options, onDropped: ({ event_id }) => console.log(event_id) })
