import { capiMiddleware } from '@capi/express'
import type { Desk } from '../test/desk.ts'

export const mistake = ({ capi, options }: Desk) =>
  capiMiddleware({
    client: capi,
    logger: options.logger,
    testEventCode: 'TEST123',
    phoneCountry: 'DE',
  })
