import { createCapi } from '@capi/core'
import type { Desk } from '../test/desk.ts'

export const mistake = ({ options }: Desk) => createCapi({ ...options, timeout: 5000 })
