import { asFields } from '../field/fields.ts'
import type { ResolvedOptions } from './options.ts'

const TEST_CLIENT = Symbol.for('@capi/core.test-client')
const META = /(?:^|\.)facebook\.com$/

/** Marks a tracker whose events are no real ones: they go to Test events, or to another address than Meta's. */
export function testMark(options: Pick<ResolvedOptions, 'testEventCode' | 'baseUrl'>): object {
  const { testEventCode, baseUrl } = options
  const isTest = testEventCode !== undefined || !META.test(new URL(baseUrl).hostname)
  return isTest ? { [TEST_CLIENT]: true } : {}
}

/**
 * Whether events of this tracker go to Test events (`testEventCode`), or to another `baseUrl` than Meta's.
 * @internal
 */
export function isTestClient(tracker: unknown): boolean {
  return (asFields(tracker) as { [TEST_CLIENT]?: unknown } | undefined)?.[TEST_CLIENT] === true
}
