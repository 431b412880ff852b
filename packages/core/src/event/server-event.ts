import type { UserData } from '../user-data/user-data.ts'
import type { ActionSource, MessagingChannel } from './action-source.ts'

/** An event as it goes over the wire: normalised, hashed, checked. */
export interface ServerEvent {
  event_name: string
  /** Unix seconds. */
  event_time: number
  event_id: string
  action_source: ActionSource
  event_source_url?: string
  referrer_url?: string
  user_data: UserData
  custom_data?: Readonly<Record<string, unknown>>
  app_data?: Record<string, unknown>
  opt_out?: boolean
  messaging_channel?: MessagingChannel
  data_processing_options?: string[]
  data_processing_options_country?: number
  data_processing_options_state?: number
  original_event_data?: Record<string, unknown>
  attribution_data?: Record<string, unknown>
}
