import type { Desk } from '../test/desk.ts'

export const mistake = ({ capi }: Desk) => capi.send({ event_name: 'Lead', action_source: 'chat' })
