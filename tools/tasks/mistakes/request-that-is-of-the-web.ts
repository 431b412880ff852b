import { requestContext } from '@capi/core/adapter'
import type { Desk } from '../test/desk.ts'

export const mistake = ({ capi }: Desk) =>
  capi.with(requestContext(new Request('https://shop.example/')).scope).track('Lead')
