import type { UserData } from '../user-data/user-data.ts'
import type { ActionSource, MessagingChannel } from './action-source.ts'

/** An event as it goes over the wire: normalised, hashed, checked. `send` and `enqueue` take it as it is. */
export interface ServerEvent {
  /** As it was given; compared with case. */
  event_name: string
  /** Unix seconds. */
  event_time: number
  /** Given or random; with `event_name` what Meta recognises the browser's copy by. */
  event_id: string
  /** Where it happened. */
  action_source: ActionSource
  /** Address of the page, without personal data in its query. */
  event_source_url?: string
  /** Address of the page before it, treated alike. */
  referrer_url?: string
  /** Who it was, hashed where Meta wants hashes. */
  user_data: UserData
  /** What it is about; your own properties are in it as they were. */
  custom_data?: Readonly<Record<string, unknown>>
  /** The app and the device; `extinfo` as the 16 slots. */
  app_data?: Record<string, unknown>
  /** True: for attribution only, not for showing ads. */
  opt_out?: boolean
  /** Where the conversation took place. */
  messaging_channel?: MessagingChannel
  /** `['LDU']` for Limited Data Use; `[]` for expressly none. */
  data_processing_options?: string[]
  /** 1 for the USA, 0 to let Meta find out. */
  data_processing_options_country?: number
  /** 0 to let Meta find out, or 1000 to 1013 for a state. */
  data_processing_options_state?: number
  /** The event this one belongs to. */
  original_event_data?: Record<string, unknown>
  /** What your attribution says of that event. */
  attribution_data?: Record<string, unknown>
}
