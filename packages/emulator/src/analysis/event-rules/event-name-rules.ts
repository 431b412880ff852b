import { type EventRule, type EventView, pathIf, textOf } from '../event-rule.ts'
import { resembledEvent } from '../resembled-event.ts'

/** The stages of a CRM bear the names its owner gave them. Source: Meta, Conversion Leads Integration, read 2026-09. */
const isCrm = ({ customData }: EventView) => customData['event_source'] === 'crm'

export const EVENT_NAME_RULES: readonly EventRule[] = [
  {
    rule: 'event_name_resembles',
    title: 'Event name close to a standard event',
    fix: 'Write the standard name as Meta does, for example Purchase or AddToCart.',
    check: (event) => {
      const name = textOf(event.payload['event_name'])
      return pathIf(
        name !== undefined && !isCrm(event) && resembledEvent(name) !== undefined,
        'event_name',
      )
    },
  },
]
