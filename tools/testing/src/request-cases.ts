import { ADDRESS_CASES } from './request-cases/addresses.ts'
import { CLICK_CASES } from './request-cases/clicks.ts'
import { CONNECTION_CASES } from './request-cases/connections.ts'
import { COOKIE_CASES } from './request-cases/cookies.ts'
import { PAGE_CASES } from './request-cases/pages.ts'
import type { RequestCase } from './request-cases/request-case.ts'
import { ROBOT_CASES } from './request-cases/robots.ts'
import { URL_CASES } from './request-cases/urls.ts'

/**
 * What a request tells of its visitor, and the cookies of its answer: the same behind every framework. Plain
 * data; `requestBattery` sends them.
 */
export const REQUEST_CASES: readonly RequestCase[] = [
  ...ADDRESS_CASES,
  ...URL_CASES,
  ...CLICK_CASES,
  ...ROBOT_CASES,
  ...COOKIE_CASES,
  ...CONNECTION_CASES,
  ...PAGE_CASES,
]
