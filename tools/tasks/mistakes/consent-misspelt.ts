import { capiMiddleware } from '@capi/express'
import type { Desk } from '../test/desk.ts'

export const mistake = ({ options }: Desk) => capiMiddleware({ ...options, concent: 'denied' })
