import type { EventFields, UserDataInput } from '@capi/core'
import type { OrderActionSource } from '../mapping-options.ts'
import { skip } from '../read/guarded.ts'
import { defined } from '../read/read.ts'

type WebsiteFields = Extract<EventFields, { action_source: 'website' }>

interface Parts {
  readonly actionSource: OrderActionSource
  readonly event_id: string
  readonly event_time: number
  readonly person: UserDataInput
  readonly browser: UserDataInput
  /** Address and referrer of the page; for `website` only. */
  readonly page?: Pick<WebsiteFields, 'event_source_url' | 'referrer_url'>
  readonly dataProcessing: Pick<EventFields, 'data_processing_options'>
}

/** One of these is enough for Meta to look for a person. Source: Meta, Customer Information Parameters, read 2026-09. */
const MATCH_KEYS = ['em', 'ph', 'external_id', 'fbp', 'fbc', 'client_ip_address'] as const

/**
 * The event without its name and `custom_data`. A sale at a till has no browser.
 * @throws Skip `no_match_keys`
 */
export function eventFields(parts: Parts): EventFields {
  const { actionSource, person, browser, page, dataProcessing, ...common } = parts
  const user_data = actionSource === 'physical_store' ? person : { ...person, ...browser }
  if (!isMatchable(user_data)) return skip('no_match_keys')
  const fields = { ...common, ...dataProcessing, user_data }
  switch (actionSource) {
    case 'physical_store':
      return { action_source: actionSource, ...fields }
    case 'website':
      return { action_source: actionSource, ...fields, ...defined(page ?? {}) }
    default:
      return { action_source: actionSource, ...fields }
  }
}

/** A name alone is too broad; with anything beside it, Meta takes it (100/2804050). */
function isMatchable(userData: UserDataInput): boolean {
  if (MATCH_KEYS.some((key) => userData[key] !== undefined)) return true
  const hasName = userData.fn !== undefined || userData.ln !== undefined
  return hasName && Object.keys(userData).length > 1
}
