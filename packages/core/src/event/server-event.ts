import type { UserData } from '../user-data/user-data.ts'
import type { ActionSource } from './action-source.ts'

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
  custom_data?: Record<string, unknown>
}
