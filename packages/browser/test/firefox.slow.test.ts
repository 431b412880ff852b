import { afterAll, beforeAll, describe } from 'vitest'
import { commonCases } from './cases.ts'
import { hasFirefox, startFirefox } from './firefox.ts'
import type { TestBrowser } from './visitor.ts'

describe.skipIf(!hasFirefox())('the tracker, in Firefox,', { timeout: 60_000 }, () => {
  let browser: TestBrowser
  beforeAll(async () => {
    browser = await startFirefox()
  })
  afterAll(() => browser?.close())

  commonCases(() => browser)
})
