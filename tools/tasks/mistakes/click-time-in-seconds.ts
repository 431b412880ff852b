import { createFbc } from '@capi/core'
import type { Desk } from '../test/desk.ts'

export const mistake = (_desk: Desk) => createFbc('IwAR0abc', Date.now() / 1000)
