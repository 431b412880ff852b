import { createCapi } from '@capi/core'
import type { Desk } from '../test/desk.ts'

export const mistake = ({ options }: Desk) =>
  createCapi({ ...options, onError: (error: unknown) => console.error(error) })
