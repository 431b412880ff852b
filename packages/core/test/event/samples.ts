import { buildEvent, type EventInput, type ServerEvent, sha256 } from '../../src/index.ts'

export const now: number = Date.UTC(2026, 10, 23, 12)
export const hash: string = sha256('a')
const user_data = { em: hash, client_user_agent: 'UA/1' }
/** A good event with nothing to say of it. */
export const lead = {
  event_name: 'Lead',
  action_source: 'website',
  event_source_url: 'https://s.example/',
  user_data,
}
export const extinfo = { version: 'i2', os_version: '17.1' }
export const app_data = { advertiser_tracking_enabled: true, extinfo }
export const app = { event_name: 'Lead', action_source: 'app', user_data: { em: hash }, app_data }

export const custom = (custom_data: unknown): object => ({ ...lead, custom_data })
export const user = (more: object): object => ({ ...lead, user_data: { ...user_data, ...more } })

/** The event, if any, what was found as `path:code`, and what to do about each. */
export function build(input: unknown): {
  event: ServerEvent | undefined
  found: string[]
  fixes: string[]
} {
  const { event, issues } = buildEvent(input as EventInput, { nowMs: now })
  return {
    event,
    found: issues.map((one) => `${one.path}:${one.code}`),
    fixes: issues.map((one) => one.fix),
  }
}
