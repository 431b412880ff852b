import type { EventFields, UserDataInput } from '@capi/core'
import { meetsIdentityFloor } from '@capi/core/adapter'
import { skip } from '../read/guarded.ts'
import { defined } from '../read/read.ts'
import type { OrderActionSource } from './mapping-options.ts'

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

/**
 * The event without its name and `custom_data`. A sale at a till has no browser.
 * @throws Skip `no_match_keys`
 */
export function eventFields(parts: Parts): EventFields {
  const { actionSource, person, browser, page, dataProcessing, ...common } = parts
  const user_data = actionSource === 'physical_store' ? person : { ...person, ...browser }
  if (!meetsIdentityFloor(user_data)) return skip('no_match_keys')
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
