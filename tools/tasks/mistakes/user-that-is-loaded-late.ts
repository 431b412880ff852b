import { capiMiddleware } from '@capi/express'
import type { Desk } from '../test/desk.ts'

export const mistake = ({ options, visit }: Desk) =>
  visit(capiMiddleware({ ...options, user: async () => ({ em: 'anna.muster@example.com' }) }))
