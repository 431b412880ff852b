import { expect, it } from 'vitest'
import {
  CapiApiError,
  CapiClosedError,
  CapiConfigError,
  CapiError,
  CapiNetworkError,
  CapiStoreError,
  CapiTimeoutError,
  CapiValidationError,
} from '../../src/index.ts'
import { issue } from '../../src/issue/issue.ts'

it.each([
  new CapiConfigError('config_invalid', 'Option timeoutMs must be above 0.'),
  new CapiClosedError(),
  new CapiValidationError([]),
  new CapiApiError({ status: 502, retryable: true }),
  new CapiNetworkError('ECONNRESET'),
  new CapiTimeoutError(1_000),
  new CapiStoreError('disk_full', 'The disk is full.'),
  new CapiError('webhook_failed', 'The delivery was not taken.'),
])('leads from $name to the page of its code', (error) => {
  expect(error.docsUrl).toBe(`/troubleshooting/errors/#${error.code}`)
})

it.each([
  [{ metaCode: 190, metaSubcode: 463 }, '190--463'],
  [{ metaCode: 200 }, '200'],
])('leads from an answer of Meta with %j to the page of that code', (codes, anchor) => {
  const error = new CapiApiError({ status: 400, retryable: false, ...codes })
  expect(error.docsUrl).toBe(`/troubleshooting/meta-errors/#${anchor}`)
})

it('shows code and page where an error is logged as JSON', () => {
  const error = new CapiTimeoutError(1_000)
  const { code, retryable, docsUrl } = error
  expect(JSON.parse(JSON.stringify(error))).toMatchObject({ code, retryable, docsUrl })
})

it('shows the page in an issue, in its JSON and in its copies', () => {
  const docsUrl = '/troubleshooting/issues/#currency_missing'
  const found = issue('currency_missing', 'custom_data.currency')
  for (const one of [
    found,
    JSON.parse(JSON.stringify(found)),
    { ...found },
    structuredClone(found),
  ]) {
    expect(one).toMatchObject({ code: 'currency_missing', docsUrl })
  }
})

it('says that Meta may have taken the events where no answer came', () => {
  for (const error of [new CapiNetworkError('ECONNRESET'), new CapiTimeoutError(1_000)]) {
    expect(error.message).toContain('send them again with the same event_id')
    expect(error.retryable).toBe(true)
  }
})
